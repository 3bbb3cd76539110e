import type { Locale } from '../../contract/errors.ts';
import { digitWords, numberWords } from './number-words.ts';

/** A word for letters that sound like another one on a telephone. */
const doubtful: Record<Locale, Readonly<Record<string, string>>> = {
  es: {
    B: 'bueno',
    C: 'casa',
    D: 'dedo',
    F: 'foca',
    G: 'gato',
    J: 'jarro',
    M: 'mamá',
    N: 'nube',
    P: 'papá',
    S: 'sol',
    T: 'taza',
    V: 'vaca',
    W: 'whisky',
    Y: 'yate',
    Z: 'zapato',
  },
  en: {
    B: 'Bravo',
    C: 'Charlie',
    D: 'Delta',
    E: 'Echo',
    F: 'Foxtrot',
    G: 'Golf',
    J: 'Juliett',
    K: 'Kilo',
    M: 'Mike',
    N: 'November',
    P: 'Papa',
    S: 'Sierra',
    T: 'Tango',
    V: 'Victor',
    Z: 'Zulu',
  },
};
const hyphen: Record<Locale, string> = { es: 'guion', en: 'dash' };

/** `VER-2026-000123` as it is dictated: «V, E, R, guion, dos mil veintiséis, guion, cero, cero, cero, uno, dos, tres». */
export function spelledFolio(folio: string, locale: Locale): string {
  const [prefix = '', year = '', number = ''] = folio.split('-');
  const dash = hyphen[locale];
  return [...prefix, dash, numberWords(Number(year), locale), dash, ...digitWords(number, locale)].join(', ');
}

/** The key of a folio sign by sign: «K, siete, Q, X, guion, cuatro, M de mamá, dos, P de papá». */
export function spelledSecret(secret: string, locale: Locale): string {
  return [...secret].map((sign) => spelledSign(sign, locale)).join(', ');
}

function spelledSign(sign: string, locale: Locale): string {
  if (sign === '-') return hyphen[locale];
  if (/\d/.test(sign)) return numberWords(Number(sign), locale);
  const word = doubtful[locale][sign];
  return word ? `${sign} ${locale === 'es' ? 'de' : 'as in'} ${word}` : sign;
}
