/** Gives the known word that a misspelt one stands for; the word itself when it is known or nothing is near. */
export type Respell = (folded: string) => string;

/** Shorter words have too many neighbours. */
const SHORTEST_MISSPELT = 5;

/**
 * Finds words one slip away: a letter more, less, changed, or two swapped. Such words become equal when one letter is
 * left out of either, so each known word is filed under all of these. Of several the commonest wins.
 */
export function respellBy(known: ReadonlyMap<string, number>): Respell {
  const filed = new Map<string, string[]>();
  for (const word of known.keys()) {
    if (word.length < SHORTEST_MISSPELT - 1) continue;
    for (const key of [word, ...withoutOneLetter(word)]) {
      const others = filed.get(key);
      if (others) others.push(word);
      else filed.set(key, [word]);
    }
  }
  return (folded) => {
    if (known.has(folded) || folded.length < SHORTEST_MISSPELT) return folded;
    const near = new Set([folded, ...withoutOneLetter(folded)].flatMap((key) => filed.get(key) ?? []));
    let best = folded;
    for (const word of near) {
      if (isOneSlipAway(word, folded) && (known.get(word) ?? 0) > (known.get(best) ?? 0)) best = word;
    }
    return best;
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

function withoutOneLetter(word: string): string[] {
  return Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1));
}
