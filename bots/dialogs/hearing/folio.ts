import { caseSecretSchema } from '../../../server/contract/case.ts';

/** «VER-2026-000123», «ver 2026 123», «2026/123». */
const WHOLE = /(?<![\p{L}\d])(?:([a-z]{2,5})[\s.#:/-]*)?(20\d\d)[\s./-]+(\d{1,9})(?![\d-])/iu;
const GLUED = /(?<![\p{L}\d])([a-z]{2,5})[\s.#:/-]*(20\d\d)(\d{6,9})(?!\d)/iu;
/** «folio 123», «mi folio es el 000123». */
const NUMBERED = /\b(?:folio|n[uú]mero de reporte|report number)\b\D{0,15}?(\d{1,9})(?!\d)/iu;
const BARE = /^\D{0,20}(\d{1,9})\D{0,5}$/;
/** As it is keyed on a telephone: the last two digits of the year, or all four, and the six of the number. */
const KEYED = /^(?:20)?(2\d)(\d{6})$/;
const SECRET = /(?<![\p{L}\d])(?=[0-9a-z-]*\d)[0-9a-z]{4}-[0-9a-z]{4}(?![\p{L}\d])/iu;

/**
 * The folio a text names, in whatever spelling.
 * @param prefix of the city's folios
 * @param year the present one, for a number alone
 * @param asked whether the text answers «which folio?»: then a bare number is one
 */
export function findFolio(text: string, prefix: string, year: number, asked = false): string | null {
  const whole = GLUED.exec(text) ?? WHOLE.exec(text);
  const [, letters, written, number] = whole ?? [];
  const keyed = asked ? KEYED.exec(text.replace(/[\s#*]/g, '')) : null;
  if (keyed?.[1] && keyed[2]) return folioOf(prefix, `20${keyed[1]}`, keyed[2]);
  const ours =
    asked || letters === undefined || letters.toUpperCase() === prefix || /^(?:folio|el|es|mi|la|is)$/i.test(letters);
  if (written && number && ours) return folioOf(prefix, written, number);
  const alone = NUMBERED.exec(text)?.[1] ?? (asked ? BARE.exec(text.trim())?.[1] : undefined);
  return alone ? folioOf(prefix, String(year), alone) : null;
}

/** The key of a folio; `asked`: the text answers «what is its key?», so that its hyphen may be missing. */
export function findSecret(text: string, asked = false): string | null {
  const written = SECRET.exec(text)?.[0] ?? (asked ? text.replace(/^.*?(?:clave|key|es|is)\s*:?\s+/iu, '') : '');
  const read = caseSecretSchema.safeParse(written);
  return read.success ? read.data : null;
}

function folioOf(prefix: string, year: string, number: string): string {
  return `${prefix}-${year}-${number.replace(/^0+(?=\d)/, '').padStart(6, '0')}`;
}
