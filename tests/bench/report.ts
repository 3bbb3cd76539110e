/** One figure of the bench, with what it is held against. */
export interface Row {
  id: string;
  what: string;
  value: number;
  unit: string;
  /** The same machine doing no more than it must, measured in the same run; the target then applies to the ratio. */
  floor?: { value: number; what: string };
  target: { atLeast: number } | { atMost: number };
}

export interface Judged extends Row {
  ratio: number | null;
  reached: boolean;
}

export function judge(row: Row): Judged {
  const ratio = row.floor ? row.value / row.floor.value : null;
  const compared = ratio ?? row.value;
  const reached = 'atLeast' in row.target ? compared >= row.target.atLeast : compared <= row.target.atMost;
  return { ...row, ratio, reached };
}

/** A table for people: a line a row, figures aligned, what each floor is below. */
export function tableOf(rows: readonly Judged[]): string {
  const head = ['', 'measured', 'floor', 'ratio', 'target', ''];
  const lines = rows.map((row) => [
    row.what,
    quantity(row.value, row.unit),
    row.floor ? quantity(row.floor.value, row.unit) : '',
    row.ratio === null ? '' : `${row.ratio.toFixed(2)} ×`,
    targetOf(row),
    row.reached ? '✓' : '✗',
  ]);
  const widths = head.map((title, column) =>
    Math.max(...[title, ...lines.map((line) => line[column] ?? '')].map(length)),
  );
  const written = [head, ...lines].map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const floors = rows.flatMap((row) => (row.floor ? [`  ${row.what}: ${row.floor.what}`] : []));
  return [...written, '', 'Floors, measured in the same run:', ...floors].join('\n');
}

const length = (text: string): number => text.length;

function targetOf({ target, floor, unit }: Row): string {
  const [sign, bound] = 'atLeast' in target ? ['≥', target.atLeast] : ['≤', target.atMost];
  return `${sign} ${floor ? `${bound} ×` : quantity(bound, unit)}`;
}

function quantity(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}
