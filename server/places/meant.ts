import { ARTICLES, cueKindOf } from './cues.ts';
import type { Mention } from './names.ts';
import type { Word } from './words.ts';

/** Whether a name is meant as a place is told by what stands around it. */

const MONTHS = new Set(
  'enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre'.split(' '),
);
/** Around the name in an answer that says where and nothing else. */
const AROUND = new Set(
  'a ahi alli aqui bueno casa con creo de del direccion donde en es esta estoy estamos exactamente fue hola junto justo la lo me mi no numero oye para pues queda que si seria sobre son toda ubicacion ubicado ubicada ver veracruz vivo vivimos y ya # gracias favor por entre'.split(
    ' ',
  ),
);
/** May follow the name of a place; most other words do as well, but not those of `OTHERWISE`. */
const DESCRIBES = /(?:al|ales|ivo|iva|ivos|ivas|ico|ica|icos|icas|ario|aria|arios|arias)$/;
/** May follow «de» behind the name of a place. */
const OF_PLACE = new Set('aca aqui dia el este esta la las los madrugada manana noche tarde veracruz'.split(' '));

/** «5 de mayo» as a day: «el 5 de mayo», «5 de mayo de 2025». */
export function isDate(text: readonly Word[], { from, to }: Mention): boolean {
  const named = text.slice(from, to);
  if (!/^\d+$/.test(named[0]?.plain ?? '') || !MONTHS.has(named.at(-1)?.plain ?? '')) return false;
  const before = text[from - 1];
  if (before && !before.endsClause && /^(?:el|del|al|dia|desde|hasta|fue|hoy|este)$/.test(before.plain)) return true;
  const [next, after] = text.slice(to, to + 2);
  if (!next || text[to - 1]?.endsClause) return false;
  return (
    /^(?:19|20)\d\d$/.test(next.plain) || (/^del?$/.test(next.plain) && /^(?:\d{4}|ano)$/.test(after?.plain ?? ''))
  );
}

/** «en la reforma laboral», «en el centro de salud»: the word behind the name makes something else of it. */
export function isSomethingElse(text: readonly Word[], { to, length }: Mention): boolean {
  const [next, after] = text.slice(to, to + 2);
  if (length > 1 || !next || text[to - 1]?.endsClause) return false;
  if (/^del?$/.test(next.plain)) return !(after && OF_PLACE.has(after.plain) && next.plain === 'de');
  return cueKindOf(next) === undefined && next.plain.length > 4 && DESCRIBES.test(next.plain);
}

/**
 * Whether its sentence says where, and nothing else: «Reforma», «es en la Reforma», «díaz mirón 1234, zaragoza».
 * @param named positions of all words that belong to a mention
 */
export function isAnswerByItself(text: readonly Word[], mention: Mention, named: ReadonlySet<number>): boolean {
  let from = mention.from;
  while (from > 0 && !text[from - 1]?.endsClause) from -= 1;
  let to = mention.to;
  while (to < text.length && !text[to - 1]?.endsClause) to += 1;
  return text.slice(from, to).every((word, i) => {
    const at = from + i;
    return (
      named.has(at) ||
      AROUND.has(word.plain) ||
      ARTICLES.has(word.plain) ||
      /^\d{1,5}[a-z]?$/.test(word.plain) ||
      (cueKindOf(word) !== undefined && cueKindOf(word) !== 'person')
    );
  });
}

/** Somebody of that name: «el señor Hidalgo», «Juan Hidalgo». */
export function isPerson(text: readonly Word[], { from }: Mention): boolean {
  const before = text[from - 1];
  if (!before || before.endsClause) return false;
  if (cueKindOf(before) === 'person') return true;
  const startsClause = from - 1 === 0 || text[from - 2]?.endsClause;
  const ordinary = ARTICLES.has(before.plain) || cueKindOf(before) !== undefined || AROUND.has(before.plain);
  return before.capital && !startsClause && !ordinary && !/\d/.test(before.plain);
}
