import { ARTICLES, cueKindOf } from './cues.ts';
import { houseNumberAt } from './house-number.ts';
import type { ReadUnknownStreet } from './reading.ts';
import type { Word } from './words.ts';

const LONGEST = 5;
const INSIDE = new Set('de del y'.split(' '));
/** No street is called like this; what follows «calle» is then a sentence about it. */
const NEVER =
  /^(?:no|que|se|esta|estan|hay|es|son|sin|ya|tiene|tienen|muy|toda|todo|todas|todos|completa|principal|donde|como|cuando|porque|pero|para|fue|era|sigue|cerrada|abierta|oscura|obscura|llena|mi|su|nuestra|esa|ese|una|un|hace|lleva|tampoco|ni|mas|me|nos|le|les|lo)$/;

/**
 * Streets with «calle» before them that the city's content does not have: told by a number or a capital letter.
 * @param named positions of words that belong to the name of a place
 */
export function readUnknownStreets(words: readonly Word[], named: ReadonlySet<number>): ReadUnknownStreet[] {
  return words.flatMap((word, at) => {
    if (cueKindOf(word) !== 'street' || word.plain === 'calles' || named.has(at) || word.endsClause) return [];
    const name = nameFrom(words, at + 1, named);
    if (name.length === 0) return [];
    const end = at + 1 + name.length;
    const number = houseNumberAt(words, end, named);
    const capital = name.some(({ plain, capital }) => capital && !ARTICLES.has(plain));
    const numeral = name.length === 1 && /^\d{1,3}[a-z]?$/.test(name[0]?.plain ?? '');
    if (!number && !capital && !numeral) return [];
    const said = [word, ...name].map(({ raw }) => raw).join(' ');
    return {
      kind: 'unknown' as const,
      from: at,
      to: number?.to ?? end,
      score: number ? 0.8 : 0.62,
      said: number ? `${said} ${numeral ? '#' : ''}${number.text}` : said,
      numbered: number !== null,
    };
  });
}

function nameFrom(words: readonly Word[], from: number, named: ReadonlySet<number>): Word[] {
  const name: Word[] = [];
  for (let at = from; at < words.length && name.length < LONGEST; at += 1) {
    const word = words[at];
    if (!word || named.has(at) || NEVER.test(word.plain)) break;
    const inside = INSIDE.has(word.plain) || ARTICLES.has(word.plain);
    const isNumber = /^\d/.test(word.plain) || word.plain === '#';
    if (isNumber && name.length > 0) break;
    if (cueKindOf(word) !== undefined && !inside) break;
    name.push(word);
    // «16 de septiembre», but «calle 3» with what follows apart.
    if (word.endsClause || (isNumber && words[at + 1]?.plain !== 'de')) break;
  }
  while (name.length > 0 && (INSIDE.has(name.at(-1)?.plain ?? '') || ARTICLES.has(name.at(-1)?.plain ?? '')))
    name.pop();
  return name.some(({ plain }) => /^[a-z0-9]/.test(plain)) ? name : [];
}
