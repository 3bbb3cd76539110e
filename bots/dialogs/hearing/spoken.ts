import { plain, readNumbers, type Said, type SaidNumber } from './spoken-numbers.ts';

/** An address as it is dictated: «ana punto ruiz arroba gmail punto com». */
const MAIL =
  /([\w.+-]+(?: (?:punto|gui[oó]n bajo|gui[oó]n|dot|dash|underscore) [\w.+-]+)*) (?:arroba|at) ([\w-]+(?:(?:\.| (?:punto|gui[oó]n|dot|dash) )[\w-]+)+)/giu;
const marks: readonly (readonly [RegExp, string])[] = [
  [/ (?:gui[oó]n bajo|underscore) /giu, '_'],
  [/ (?:gui[oó]n|dash) /giu, '-'],
  [/ (?:punto|dot) /giu, '.'],
];
const DASH = /^(?:guion|dash|hyphen|raya|-)$/;
const YEAR = /^20[2-4]\d$/;
/** Together they are one number: a telephone, a folio. */
const LONG = 6;

const letterNames = new Map(
  Object.entries({
    be: 'B',
    ve: 'V',
    uve: 'V',
    ce: 'C',
    de: 'D',
    efe: 'F',
    ge: 'G',
    hache: 'H',
    jota: 'J',
    ka: 'K',
    ca: 'K',
    ele: 'L',
    eme: 'M',
    ene: 'N',
    pe: 'P',
    cu: 'Q',
    erre: 'R',
    ere: 'R',
    ese: 'S',
    te: 'T',
    equis: 'X',
    ye: 'Y',
    zeta: 'Z',
    ceta: 'Z',
    bee: 'B',
    see: 'C',
    dee: 'D',
    ef: 'F',
    gee: 'G',
    aitch: 'H',
    jay: 'J',
    kay: 'K',
    el: 'L',
    em: 'M',
    en: 'N',
    pee: 'P',
    queue: 'Q',
    cue: 'Q',
    ar: 'R',
    are: 'R',
    es: 'S',
    tee: 'T',
    vee: 'V',
    ex: 'X',
    why: 'Y',
    zee: 'Z',
    zed: 'Z',
  }),
);

/**
 * What a recogniser heard, as it would have been typed: numbers in digits, folios with their hyphens, addresses of mail
 * with their signs. Words that only sound like numbers («una luminaria», «hay dos baches») stay.
 */
export function writeDown(text: string): string {
  const addressed = text.replace(MAIL, (whole) => {
    const signs = marks.reduce((so, [pattern, sign]) => so.replace(pattern, sign), whole);
    return signs
      .replace(/ (?:arroba|at) /iu, '@')
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '');
  });
  const said = readNumbers(addressed.split(/\s+/).filter(Boolean));
  return joinLetters(joinNumbers(said))
    .join(' ')
    .replace(/ ?- ?(?=\d)/g, '-');
}

/** Runs of numbers become one where they are dictated digit by digit or in groups. */
function joinNumbers(said: readonly Said[]): string[] {
  const written: string[] = [];
  for (let i = 0; i < said.length; ) {
    const first = said[i];
    if (!first || 'word' in first) {
      const word = first?.word ?? '';
      written.push(DASH.test(plain(word)) && said[i + 1] && i > 0 ? '-' : word);
      i += 1;
      continue;
    }
    let end = i;
    while (end < said.length && 'digits' in (said[end] as Said)) end += 1;
    const run = said.slice(i, end) as SaidNumber[];
    written.push(...numbersOf(run, run.length === said.length || tellsDay(said, end)));
    i = end;
  }
  return written;
}

/** «Cinco de mayo», as streets are called. */
const tellsDay = (said: readonly Said[], from: number): boolean =>
  /^de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)$/.test(
    said
      .slice(from, from + 2)
      .map((one) => ('word' in one ? plain(one.word) : ''))
      .join(' '),
  );

/** @param counts whether a small number by itself is one, rather than a word of a sentence */
function numbersOf(run: readonly SaidNumber[], counts: boolean): string[] {
  const [only, ...others] = run;
  if (!only) return [];
  if (others.length === 0) return [counts || Number(only.digits) >= 10 ? only.digits : only.words];
  const all = run.map(({ digits }) => digits).join('');
  const inTwo = only.digits === '20' && others[0]?.digits.length === 2 && YEAR.test(all.slice(0, 4));
  if (YEAR.test(only.digits) || inTwo) return [all.length > 4 ? `${all.slice(0, 4)}-${all.slice(4)}` : all];
  const digitByDigit = run.every(({ digits }) => digits.length === 1);
  const isOne = all.length >= LONG || digitByDigit || all === '911' || all.startsWith('0');
  return isOne ? [all] : run.map(({ digits }) => digits);
}

/** Letters before a hyphen or a year are what a folio begins with: «ve e erre guion 2026». */
function joinLetters(words: readonly string[]): string[] {
  const written: string[] = [];
  for (const word of words) {
    if (word === '-' || YEAR.test(word.slice(0, 4))) {
      let from = written.length;
      while (from > 0 && letterOf(written[from - 1] ?? '') !== null) from -= 1;
      if (written.length - from >= 2) written.push(written.splice(from).map(letterOf).join(''));
    }
    written.push(word);
  }
  return written;
}

const letterOf = (word: string): string | null => {
  const bare = plain(word);
  return /^[a-z]$/.test(bare) ? bare.toUpperCase() : (letterNames.get(bare) ?? null);
};

/**
 * Signs dictated one by one, as they would have been typed: «ka siete cu equis guion cuatro eme de mamá dos pe» is
 * `K7QX-4M2P`. Words for doubtful letters are left out.
 */
export function spelledOut(text: string): string {
  const named = text
    .replace(/^.*?\b(?:clave|key)(?: (?:es|is))?\b[\s:]*/iu, '')
    .replace(/\b(?:i|y) griega\b/giu, 'ye')
    .replace(/\bdoble (?:u|uve|ve)\b|\bdouble u\b/giu, 'W')
    .replace(/\b(?:be|ve|b|v) (grande|alta|chica|corta|baja)\b/giu, (_, kind: string) =>
      /grande|alta/i.test(kind) ? 'B' : 'V',
    );
  const said = readNumbers(named.split(/\s+/).filter(Boolean)).map((one) => ('word' in one ? one.word : one.digits));
  let signs = '';
  for (let i = 0; i < said.length; i += 1) {
    const word = said[i] ?? '';
    const isExample = /^(?:de|as)$/i.test(word) && signs !== '' && letterOf(said[i + 1] ?? '') === null;
    if (isExample) i += /^as$/i.test(word) ? 2 : 1;
    else signs += signOf(word);
  }
  return signs.toUpperCase();
}

function signOf(word: string): string {
  if (DASH.test(plain(word))) return '-';
  return letterOf(word) ?? (/^(?=.*\d)[a-z\d-]{1,9}$|^[A-Z]{2,4}-?$/i.test(word) && !/^[a-z]+$/.test(word) ? word : '');
}
