import { fold, wordsOf } from './normalise.ts';
import { resembles } from './resembles.ts';

/** Whether a word, folded already, is one of a set. */
export type WordSet = (folded: string) => boolean;

/** From this length on (folded) a word of a set may be misspelt by one letter. */
const SHORTEST_MISSPELT = 5;

/** A test for being one of the listed words, however it is spelt. */
export function wordSet(list: string): WordSet {
  const words = new Set(wordsOf(list).map(fold));
  const byInitial = Map.groupBy(words, (word) => word[0]);
  return (folded) =>
    words.has(folded) ||
    (byInitial.get(folded[0])?.some((known) => resembles(known, folded, SHORTEST_MISSPELT)) ?? false);
}
