import { buffer } from 'node:stream/consumers';
import { AppError } from '../../contract/errors.ts';
import type { FileStore } from '../../files/file-store.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

export const MOST_ROWS = 50_000;
const MOST_COLUMNS = 100;

export interface Table {
  encoding: 'utf-8' | 'windows-1252';
  delimiter: string;
  headings: string[];
  rows: string[][];
}

/**
 * A CSV file or the first sheet of a workbook, told by its bytes.
 * @throws AppError `import_unreadable` with why, `import_too_long`
 */
export function readTable(bytes: Uint8Array): Table {
  const { rows, ...how } = isWorkbook(bytes) ? workbook(bytes) : readCsv(bytes);
  const [headings, ...body] = rows;
  if (rows.some((row) => row.some((value) => value.includes('\u0000')))) {
    throw new AppError('import_unreadable', { why: 'trae datos que no son texto' });
  }
  if (!headings || body.length === 0) throw new AppError('import_unreadable', { why: 'no tiene filas' });
  if (headings.length < 2) throw new AppError('import_unreadable', { why: 'tiene una sola columna' });
  if (headings.length > MOST_COLUMNS) throw new AppError('import_unreadable', { why: 'tiene más de 100 columnas' });
  if (body.length > MOST_ROWS) throw new AppError('import_too_long', { max: MOST_ROWS });
  return { ...how, headings: headings.map((heading) => heading.trim().slice(0, 100)), rows: body };
}

export const readStored = async (files: FileStore, key: string): Promise<Table> =>
  readTable(await buffer(await files.read(key)));

/** A ZIP, which workbooks are. */
const isWorkbook = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3;

function workbook(bytes: Uint8Array) {
  try {
    return { encoding: 'utf-8' as const, delimiter: 'xlsx', rows: readXlsx(bytes) };
  } catch (cause) {
    throw new AppError('import_unreadable', { why: 'el libro de Excel no se puede abrir' }, cause);
  }
}
