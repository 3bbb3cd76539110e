import type { ShownPlace } from '../contract/place.ts';
import type { CaseRow } from './case-row.ts';

type Located = Pick<CaseRow, 'latitude' | 'longitude' | 'address' | 'colonia_id' | 'colonia' | 'reference' | 'triage'>;

/** The place of a case; null when nothing is known of it. */
export function shownPlace(row: Located): ShownPlace | null {
  const point =
    row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude };
  if (!point && !row.address && !row.colonia_id && !row.reference && !row.triage) return null;
  return {
    point,
    address: row.address,
    coloniaId: row.colonia_id,
    reference: row.reference,
    colonia: row.colonia,
    triage: row.triage,
  };
}

/** On one line, for who filed it: address and colonia, or what is known instead. */
export function whereInWords(row: Pick<Located, 'address' | 'colonia' | 'reference'>): string | null {
  return [row.address ?? row.reference, row.colonia].filter(Boolean).join(', ') || null;
}

/** On one line, for anybody: street or corner and colonia. A house number says who lives there. */
export function whereForAnybody(row: Pick<Located, 'address' | 'colonia'>): string | null {
  return [row.address && withoutHouseNumber(row.address), row.colonia].filter(Boolean).join(', ') || null;
}

/** «lote 4 manzana 12», «int. 3», «C.P. 91700» */
const WITHIN =
  /[\s,]*\b(?:(?:lote|lt|manzana|mza?|interior|int|departamento|depto|dpto|edificio|edif|casa|local|piso)\b\.?\s*#?\s*[\w-]{1,6}|c\.?\s?p\.?\s*\d{5})(?=[\s,]|$)/gi;
/** «1520», «#12-B», «No. 340 bis» at the end of a street. */
const NUMBER =
  /(\S+)\s*,?\s*(?:#|\bn[oúu]m(?:ero)?\.?|\bno\.)?\s*(?<![\d.])\d{1,5}(?:\s?-?\s?[a-z]\b)?(?:\s?bis\b)?\s*$/i;
const MARKED = /\s*,?\s*(?:#|\bn[oúu]m(?:ero)?\.?\s|\bno\.)\s*\d{1,5}[\w-]*(?:\s+bis\b)?/gi;
/** A number that follows one of these is the street itself: «Calle 10», «entre 5 y 7», «km 4», «Avenida 20 de Noviembre». */
const NAMES_A_STREET =
  /^(?:calle|avenida|av|av\.|ave|andador|and|and\.|privada|priv|priv\.|callejón|callejon|cerrada|calzada|boulevard|blvd|blvd\.|carretera|ruta|y|e|esq|esq\.|esquina|con|entre|km|kilómetro|kilometro|de)$/i;

/** An address without what tells one house from the next. */
export function withoutHouseNumber(address: string): string {
  const streets = address
    .replace(WITHIN, '')
    .replace(MARKED, '')
    .split(/\s*,\s*/);
  return streets
    .map((street) => {
      const [, before = ''] = NUMBER.exec(street) ?? [];
      return before && !NAMES_A_STREET.test(before)
        ? street.replace(NUMBER, (_, kept: string) => kept).trim()
        : street.trim();
    })
    .filter((street) => street !== '' && !/^\d{1,5}\s*[a-z]?$/i.test(street))
    .join(', ');
}
