import writeExcelFile, { type Cell, type Row } from 'write-excel-file/node';
import { type Figure, type FigureId, figures } from '../contract/figures.ts';
import type { Report } from '../contract/report.ts';
import { type ReportTable, type Shown, type TableRow, tableOf } from '../contract/report-table.ts';
import type { Locale } from './label-groups.ts';

const words = {
  total: { es: 'Total', en: 'Total' },
  before: { es: 'antes', en: 'before' },
  seconds: { es: 's', en: 's' },
  days: { es: 'días', en: 'days' },
  sheet: { es: 'Reporte', en: 'Report' },
  definitions: { es: 'Definiciones', en: 'Definitions' },
  period: { es: 'Periodo', en: 'Period' },
};

/** What a report is parted by or narrowed to. */
export const groupWords = {
  none: { es: 'Grupo', en: 'Group' },
  hour: { es: 'Hora', en: 'Hour' },
  day: { es: 'Día', en: 'Day' },
  queue: { es: 'Cola', en: 'Queue' },
  channel: { es: 'Canal', en: 'Channel' },
  operator: { es: 'Persona', en: 'Person' },
  topic: { es: 'Tema', en: 'Topic' },
  colonia: { es: 'Colonia', en: 'Colonia' },
  department: { es: 'Dependencia', en: 'Department' },
};

const formats: Record<Figure['unit'], string> = {
  count: '#,##0',
  share: '0.0%',
  seconds: '#,##0',
  days: '0.0',
  score: '0.0',
};

/** The table of the screen as text: UTF-8 with a mark that spreadsheets know it by, points in numbers, CRLF (RFC 4180). */
export function csvOf(report: Report, locale: Locale): string {
  const table = tableOf(report, words.total[locale]);
  const lines = [
    header(table, report, locale),
    ...[...table.rows, table.total].map((row) => [row.label, ...numbersOf(table, row)]),
  ];
  return `\uFEFF${lines.map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** The same as a workbook: numbers as numbers, days as dates, and a second sheet that says what each figure is. */
export async function xlsxOf(report: Report, locale: Locale): Promise<Buffer> {
  const table = tableOf(report, words.total[locale]);
  const rows = [...table.rows, table.total].map((row): Row => {
    const isTotal = row.key === null;
    const style = isTotal ? { fontWeight: 'bold' as const, topBorderStyle: 'thin' as const } : {};
    const units = table.columns.flatMap((id) => (report.before ? [id, id] : [id]));
    return [
      { ...labelCell(table, row), ...style },
      ...numbersOf(table, row).map((value, index): Cell => {
        const id = units[index];
        if (value === null || !id) return { ...style };
        return { type: Number, value, format: formats[figures[id].unit], ...style };
      }),
    ];
  });
  const head = header(table, report, locale).map((value): Cell => ({ value, fontWeight: 'bold', wrap: true }));
  const definitions: Row[] = table.columns.map((id) => [
    { value: figures[id].title[locale], fontWeight: 'bold' },
    { value: figures[id].rule[locale], wrap: true },
  ]);
  const period: Row = [{ value: words.period[locale], fontWeight: 'bold' }, { value: spanOf(report.period) }];
  const narrowed = report.narrowed.map(
    ({ by, label }): Row => [{ value: groupWords[by][locale], fontWeight: 'bold' }, { value: label }],
  );
  return writeExcelFile([
    {
      data: [head, ...rows],
      sheet: words.sheet[locale],
      columns: [{ width: 28 }, ...head.slice(1).map(() => ({ width: 16 }))],
      stickyRowsCount: 1,
      stickyColumnsCount: 1,
    },
    {
      data: [period, ...narrowed, ...definitions],
      sheet: words.definitions[locale],
      columns: [{ width: 30 }, { width: 110 }],
    },
  ]).toBuffer();
}

function header(table: ReportTable, report: Report, locale: Locale): string[] {
  const titles = table.columns.flatMap((id) => {
    const title = titleOf(id, locale);
    return report.before ? [title, `${title}, ${words.before[locale]} (${spanOf(report.before.period)})`] : [title];
  });
  return [groupWords[table.by][locale], ...titles];
}

function titleOf(id: FigureId, locale: Locale): string {
  const { title, unit }: Figure = figures[id];
  return unit === 'seconds' || unit === 'days' ? `${title[locale]} (${words[unit][locale]})` : title[locale];
}

const numbersOf = (table: ReportTable, { values, before }: TableRow): Shown[] =>
  table.columns.flatMap((_id, index) => {
    const value = values[index] ?? null;
    return before ? [value, before[index] ?? null] : [value];
  });

const labelCell = ({ by }: ReportTable, { key, label }: TableRow) =>
  by === 'day' && key ? { type: Date, value: new Date(`${key}T00:00:00Z`), format: 'yyyy-mm-dd' } : { value: label };

const spanOf = ({ from, to }: Report['period']): string => (from === to ? from : `${from} – ${to}`);

/** A text that begins like a formula is carried out by spreadsheets (OWASP: CSV injection); an apostrophe stops that. */
function csvCell(value: string | Shown): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
