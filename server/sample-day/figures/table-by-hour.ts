import { type FigureId, figureOf, figures } from '../../contract/figures.ts';
import type { Report } from '../../contract/report.ts';
import type { Measured } from '../../contract/report-terms.ts';

const columns: readonly FigureId[] = [
  'volume',
  'offered',
  'answered',
  'serviceLevel',
  'speedOfAnswer',
  'abandonment',
  'handleTime',
  'occupancy',
  'containment',
];

/** The report of a day by the hour, as a table of Markdown. */
export function tableByHour({ groups, total }: Report): string {
  const head = ['Hour', ...columns.map((id) => figures[id].title.en)];
  const rows = [...groups.map(({ label, measured }) => row(label, measured)), row('Day', total)];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const row = (label: string, measured: Measured): string[] => [label, ...columns.map((id) => shown(id, measured))];

function shown(id: FigureId, measured: Measured): string {
  const value = figureOf(id, measured);
  if (value === null) return '–';
  if (figures[id].unit === 'share') return `${Math.round(value * 100)} %`;
  return figures[id].unit === 'seconds' ? `${Math.round(value)} s` : String(Math.round(value * 10) / 10);
}
