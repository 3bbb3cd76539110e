import { type Figure, type FigureId, figureIds, figureOf, figures } from './figures.ts';
import type { Report } from './report.ts';
import type { Measured, ReportGrouping } from './report-terms.ts';

/** A number as it is shown and exported: no more of it is known than this. Null: it cannot be told. */
export type Shown = number | null;

export interface TableRow {
  /** Null: of everything. */
  key: string | null;
  label: string;
  values: Shown[];
  /** Of the period compared with; null: nothing is compared. */
  before: Shown[] | null;
}

/** A report as rows and columns: what the screen, the plot and every export show. */
export interface ReportTable {
  by: ReportGrouping;
  columns: FigureId[];
  rows: TableRow[];
  total: TableRow;
}

/** Of a period compared with, a day or hour stands beside the one in the same place. */
export function tableOf(report: Report, totalLabel: string): ReportTable {
  const columns = figureIds.filter((id) => (figures[id] as Figure).by.includes(report.by));
  const valuesOf = (measured: Measured): Shown[] => columns.map((id) => shown(id, figureOf(id, measured)));
  const { before, by } = report;
  const earlier = (key: string, index: number): Measured => {
    const group = by === 'day' ? before?.groups[index] : before?.groups.find((each) => each.key === key);
    return group?.measured ?? {};
  };
  return {
    by,
    columns,
    rows: report.groups.map(({ key, label, measured }, index) => ({
      key,
      label,
      values: valuesOf(measured),
      before: before ? valuesOf(earlier(key, index)) : null,
    })),
    total: {
      key: null,
      label: totalLabel,
      values: valuesOf(report.total),
      before: before ? valuesOf(before.total) : null,
    },
  };
}

const decimals: Record<Figure['unit'], number> = { count: 0, share: 3, seconds: 0, days: 1, score: 1 };

export function shown(id: FigureId, value: number | null): Shown {
  if (value === null) return null;
  const scale = 10 ** decimals[figures[id].unit];
  return Math.round(value * scale) / scale;
}
