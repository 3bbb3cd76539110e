import type { CaseRow } from './case-row.ts';

/** A text as the search compares it: lower case, without accents. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

type Searched = Pick<CaseRow, 'folio' | 'protected' | 'description' | 'address' | 'colonia' | 'reference'>;

/** What a case is found by. A protected one only by its folio: a search must not say what is written in it. */
export function searchText(row: Searched): string {
  const words = row.protected ? [] : [row.address, row.colonia, row.reference, row.description];
  return folded([row.folio, ...words].filter(Boolean).join(' '));
}
