const DELIMITERS = [',', ';', '\t', '|'] as const;

export interface CsvText {
  encoding: 'utf-8' | 'windows-1252';
  delimiter: string;
  rows: string[][];
}

/** Rows as RFC 4180 has them, whichever of the usual marks parts their fields. Empty lines are none. */
export function readCsv(bytes: Uint8Array): CsvText {
  const { encoding, text } = decode(bytes);
  const delimiter = delimiterOf(text);
  return { encoding, delimiter, rows: rowsOf(text, delimiter) };
}

/** What is no UTF-8 comes from Windows, as spreadsheets in Mexico still save it. */
function decode(bytes: Uint8Array): Pick<CsvText, 'encoding'> & { text: string } {
  try {
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'windows-1252', text: new TextDecoder('windows-1252').decode(bytes) };
  }
}

function delimiterOf(text: string): string {
  const heading = text.slice(0, text.search(/[\r\n]|$/));
  const counts = DELIMITERS.map((mark) => heading.split(mark).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function rowsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = () => {
    row.push(field);
    if (row.some((value) => value.trim() !== '')) rows.push(row);
    row = [];
    field = '';
  };
  for (let index = 0; index < text.length; index += 1) {
    const mark = text[index] ?? '';
    if (quoted) {
      if (mark !== '"') field += mark;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (mark === '"' && field === '') quoted = true;
    else if (mark === delimiter) {
      row.push(field);
      field = '';
    } else if (mark === '\n') endRow();
    else if (mark !== '\r') field += mark;
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}
