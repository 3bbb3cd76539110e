/** A settlement as the postal service lists it. */
export interface Settlement {
  name: string;
  /** «Colonia», «Fraccionamiento», «Pueblo»… */
  kind: string;
  municipality: string;
  postcode: string;
}

const COLUMNS = { postcode: 'd_codigo', name: 'd_asenta', kind: 'd_tipo_asenta', municipality: 'D_mnpio' } as const;

/**
 * Reads the catalogue of settlements that the Mexican postal service offers as text: a notice, a line of column names,
 * then a settlement a line, with `|` between its values, in Latin-1.
 * @throws Error naming the columns that are missing
 */
export function readSettlements(bytes: Uint8Array): Settlement[] {
  const lines = new TextDecoder('latin1').decode(bytes).split(/\r?\n/);
  const head = lines.findIndex((line) => line.startsWith(`${COLUMNS.postcode}|`));
  const columns = lines[head]?.split('|').map((column) => column.trim()) ?? [];
  const missing = Object.values(COLUMNS).filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new Error(`The file has no columns ${missing.join(', ')}: is it the postal catalogue?`);
  return lines.slice(head + 1).flatMap((line) => {
    const values = line.split('|');
    const value = (column: string) => values[columns.indexOf(column)]?.trim() ?? '';
    const name = value(COLUMNS.name);
    if (!name) return [];
    return {
      name,
      kind: value(COLUMNS.kind),
      municipality: value(COLUMNS.municipality),
      postcode: value(COLUMNS.postcode),
    };
  });
}
