import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';

/** Unpacked; beyond it somebody means harm. */
const MOST_BYTES = 200 * 1024 * 1024;
const WANTED = /^xl\/(?:sharedStrings\.xml|worksheets\/sheet1\.xml)$/;

type Xml = Record<string, unknown>;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => ['row', 'c', 'si', 'r'].includes(name),
});

/** The first sheet of a workbook as rows of texts; dates come as the numbers that spreadsheets count days by. */
export function readXlsx(bytes: Uint8Array): string[][] {
  let unpacked = 0;
  const files = unzipSync(bytes, {
    filter({ name, originalSize }) {
      if (!WANTED.test(name)) return false;
      unpacked += originalSize;
      if (unpacked > MOST_BYTES) throw new Error('too large');
      return true;
    },
  });
  const sheet = files['xl/worksheets/sheet1.xml'];
  if (!sheet) throw new Error('no sheet');
  const strings = stringsOf(files['xl/sharedStrings.xml']);
  const data = (parser.parse(strFromU8(sheet)) as { worksheet?: { sheetData?: { row?: Xml[] } } }).worksheet?.sheetData;
  return (data?.row ?? [])
    .map((row) => cellsOf(row, strings))
    .filter((row) => row.some((value) => value.trim() !== ''));
}

function stringsOf(bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [];
  const { sst } = parser.parse(strFromU8(bytes)) as { sst?: { si?: Xml[] } };
  return (sst?.si ?? []).map(textOf);
}

/** A text, or runs of one in different looks. */
function textOf({ t, r }: Xml): string {
  if (Array.isArray(r)) return (r as Xml[]).map(textOf).join('');
  if (t && typeof t === 'object') return String((t as Xml)['#text'] ?? '');
  return t === undefined ? '' : String(t);
}

function cellsOf(row: Xml, strings: readonly string[]): string[] {
  const cells: string[] = [];
  for (const cell of (row.c as Xml[] | undefined) ?? []) {
    const column = columnOf(String(cell['@r'] ?? ''));
    const value = cell.v === undefined ? '' : String(cell.v);
    const type = cell['@t'];
    cells[column] =
      type === 's' ? (strings[Number(value)] ?? '') : type === 'inlineStr' ? textOf(cell.is as Xml) : value;
  }
  return Array.from(cells, (value) => value ?? '');
}

/** `C7` is column 2. */
function columnOf(address: string): number {
  const letters = address.replace(/\d+$/, '');
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
