import type { Locale } from '../../contract/errors.ts';

const spanishSmall =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve'.split(
    ' ',
  );
const spanishTens = 'treinta cuarenta cincuenta sesenta setenta ochenta noventa'.split(' ');
const spanishHundreds =
  'ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos'.split(' ');

const englishSmall =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const englishTens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number from 0 to 9999 as it is said: «dos mil veintiséis», “two thousand and twenty-six”. */
export function numberWords(number: number, locale: Locale): string {
  return locale === 'es' ? inSpanish(number) : inEnglish(number);
}

/** Each digit by itself: «dos, dos, nueve». Other signs are left out. */
export function digitWords(digits: string, locale: Locale): string[] {
  return (digits.match(/\d/g) ?? []).map((digit) => numberWords(Number(digit), locale));
}

function inSpanish(number: number): string {
  if (number < 30) return spanishSmall[number] ?? '';
  if (number < 100) return joined(spanishTens[Math.floor(number / 10) - 3], number % 10, inSpanish, ' y ');
  if (number === 100) return 'cien';
  if (number < 1_000) return joined(spanishHundreds[Math.floor(number / 100) - 1], number % 100, inSpanish);
  const thousands = Math.floor(number / 1_000);
  return joined(thousands === 1 ? 'mil' : `${inSpanish(thousands)} mil`, number % 1_000, inSpanish);
}

function inEnglish(number: number): string {
  if (number < 20) return englishSmall[number] ?? '';
  if (number < 100) return joined(englishTens[Math.floor(number / 10) - 2], number % 10, inEnglish, '-');
  if (number < 1_000) {
    return joined(`${englishSmall[Math.floor(number / 100)]} hundred`, number % 100, inEnglish, ' and ');
  }
  const rest = number % 1_000;
  return joined(`${inEnglish(Math.floor(number / 1_000))} thousand`, rest, inEnglish, rest < 100 ? ' and ' : ' ');
}

function joined(head = '', rest: number, words: (number: number) => string, between = ' '): string {
  return rest === 0 ? head : `${head}${between}${words(rest)}`;
}
