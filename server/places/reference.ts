import { startOfCue } from './cues.ts';
import type { Reading } from './reading.ts';
import type { Word } from './words.ts';

const BESIDE = new Set(
  'frente enfrente atras detras junto lado costado espaldas espalda cerca contraesquina'.split(' '),
);
const LINK = new Set('a al de del'.split(' '));
const LONGEST = 12;

/** How to find a place, in the words of who said it: «frente a la tienda azul». Null when they did not say. */
export function referenceIn(words: readonly Word[], readings: readonly Reading[]): string | null {
  for (const [at, word] of words.entries()) {
    if (!BESIDE.has(word.plain) || word.endsClause || !LINK.has(words[at + 1]?.plain ?? '')) continue;
    if (readings.some(({ from, to }) => from <= at && at < to)) continue;
    const from = startOfCue(words, at);
    const rest = words.slice(at, from + LONGEST);
    const end = rest.findIndex(({ endsClause }) => endsClause);
    const to = end < 0 ? at + rest.length : at + end + 1;
    return words
      .slice(from, to)
      .map(({ raw }) => raw)
      .join(' ');
  }
  return null;
}
