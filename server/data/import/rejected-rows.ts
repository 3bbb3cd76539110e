import type { AppContext } from '../../context.ts';
import type { ImportProblem } from '../../contract/data-import.ts';
import { AppError } from '../../contract/errors.ts';
import { problemWords } from './problem-words.ts';
import { readStored } from './read-table.ts';

/**
 * The rows that were not sound, as they came, with their line and what is wrong before them.
 * @throws AppError `not_found`, or once the file is gone
 */
export async function rejectedRows(
  { database, files }: Pick<AppContext, 'database' | 'files'>,
  id: string,
): Promise<{ name: string; csv: string }> {
  const { db } = database;
  const row = await db.selectFrom('data_import').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row?.storage_key) throw new AppError('not_found');
  const rejected = await db
    .selectFrom('data_import_row')
    .select(['line', 'problems'])
    .where('import_id', '=', id)
    .where('outcome', '=', 'invalid')
    .orderBy('line')
    .execute();
  const { headings, rows } = await readStored(files, row.storage_key);
  const lines = [
    ['Línea', 'Qué corregir', ...headings],
    ...rejected.map(({ line, problems }) => [String(line), wordsOf(problems), ...(rows[line - 2] ?? [])]),
  ];
  return { name: `rechazadas-${row.name.replace(/\.\w+$/, '')}.csv`, csv: csvOf(lines) };
}

const wordsOf = (problems: readonly ImportProblem[]): string =>
  problems.map(({ code, column }) => (column ? `${column}: ${problemWords[code]}` : problemWords[code])).join('; ');

/** UTF-8 with a mark that spreadsheets know it by. A text that begins like a formula would be carried out: OWASP, CSV injection. */
const csvOf = (lines: readonly string[][]): string =>
  `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;

function cell(value: string): string {
  const harmless = /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
