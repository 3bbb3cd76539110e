/** Gives the known word that a misspelt one stands for; the word itself when it is known or nothing is near. */
export type Respell = (folded: string) => string;

/** Shorter words have too many neighbours. */
const SHORTEST_MISSPELT = 5;
/** The same words are read again with each passage of a text. */
const MOST_REMEMBERED = 1_000;

/**
 * Finds words one slip away: a letter more, less, changed, or two swapped. Of several the commonest wins. All words of
 * about that length are looked through, which takes a fraction of a millisecond and next to no memory.
 */
export function respellBy(known: ReadonlyMap<string, number>): Respell {
  const byLength = Map.groupBy(known.keys(), (word) => word.length);
  const remembered = new Map<string, string>();

  function nearest(folded: string): string {
    let best = folded;
    for (const length of [folded.length - 1, folded.length, folded.length + 1]) {
      for (const word of byLength.get(length) ?? []) {
        if (isOneSlipAway(word, folded) && (known.get(word) ?? 0) > (known.get(best) ?? 0)) best = word;
      }
    }
    return best;
  }

  return (folded) => {
    if (known.has(folded) || folded.length < SHORTEST_MISSPELT) return folded;
    const found = remembered.get(folded) ?? nearest(folded);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(folded, found);
    return found;
  };
}

/** What they share at both ends leaves one letter at most, or two swapped. */
function isOneSlipAway(a: string, b: string): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
