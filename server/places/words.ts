import { digitsOf } from './number-words.ts';

/** A word of a text as names are compared with it. */
export interface Word {
  /** As it was written. */
  raw: string;
  /** Lower case, without accents; numbers in figures. */
  plain: string;
  /** As it sounds in Mexican Spanish: what people confuse when they write sounds the same. */
  sound: string;
  /** A comma, full stop, line or bracket ends here. */
  endsClause: boolean;
  /** Written with a capital letter. */
  capital: boolean;
}

const WORD = /[\p{L}\p{M}\d]+(?:[º°ª]|\/(?=\p{L}|\d))?|#/gu;
const CLAUSE_END = /[.,;:!?¿¡()\n]/;
/** After these a full stop ends no clause: «col. centro». */
const ABBREVIATIONS = new Set(
  'col av avda ave blvd boul blv calz c fracc frac esq no num prol priv int ext dpto depto lt mz km sta sto gral'.split(
    ' ',
  ),
);

/** The words of a text, numbers in words turned into figures. */
export function wordsOf(text: string): Word[] {
  const words = [...text.matchAll(WORD)].map((match) => {
    const raw = match[0];
    const after = text.slice(match.index + raw.length, match.index + raw.length + 2);
    const plain = plainOf(raw).replace(/\/$/, '');
    const abbreviated = after.startsWith('.') && (ABBREVIATIONS.has(plain) || /^\p{L}$/u.test(plain));
    return {
      raw: raw.replace(/\/$/, ''),
      plain,
      sound: soundOf(plain),
      endsClause: !abbreviated && CLAUSE_END.test(after.trimStart().slice(0, 1)),
      capital: /^\p{Lu}/u.test(raw),
    };
  });
  return withFigures(words);
}

/** Lower case, without accents or the signs of ordinals: «1º» is 1. */
export function plainOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[º°ª]/g, '')
    .replace(/^(\d+)(?:o|a|ro|ra|er|do|to|ero)$/, '$1');
}

/** Two words that a Mexican reads aloud alike give the same: «saragoza», «Zaragoza». */
export function soundOf(plain: string): string {
  return plain
    .replace(/ch/g, '2')
    .replace(/h/g, '')
    .replace(/ll/g, 'y')
    .replace(/(.)\1+/g, '$1')
    .replace(/v|w/g, 'b')
    .replace(/qu(?=[ei])|q|k|c(?![ei])/g, 'k')
    .replace(/z|c/g, 's')
    .replace(/gu(?=[ei])/g, '9')
    .replace(/g(?=[ei])|x/g, 'j')
    .replace(/9/g, 'g')
    .replace(/m(?=[bp])/g, 'n')
    .replace(/(.)\1+/g, '$1');
}

/** Runs of number words become one word in figures. */
function withFigures(words: Word[]): Word[] {
  const result: Word[] = [];
  for (let i = 0; i < words.length; ) {
    const rest = words.slice(i, i + 7);
    const stop = rest.findIndex(({ endsClause }) => endsClause);
    const number = digitsOf((stop < 0 ? rest : rest.slice(0, stop + 1)).map(({ plain }) => plain));
    const word = words[i];
    if (!word) break;
    if (!number) {
      result.push(word);
      i += 1;
      continue;
    }
    const last = words[i + number.length - 1] ?? word;
    const raw = words
      .slice(i, i + number.length)
      .map((part) => part.raw)
      .join(' ');
    result.push({ ...word, raw, plain: number.digits, sound: number.digits, endsClause: last.endsClause });
    i += number.length;
  }
  return result;
}
