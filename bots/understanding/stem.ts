const SHORTEST_WITH_ENDING = 5;
const SHORTEST_STEM = 3;

/** Endings of Spanish verbs, nouns and adjectives as they are after folding, the longest first. */
const ending =
  /(?:amos|emos|imos|aron|ieron|iendo|ando|arlo|arla|aria|aran|ados|adas|idos|idas|ado|ada|ido|ida|ar|er|ir|an|en|as|es|os|a|e|o|s)$/;

/** One form for the forms of a word: «pagar», «pagado» and «pago» are «pag». Takes and gives folded words. */
export function stemOf(folded: string): string {
  if (folded.length < SHORTEST_WITH_ENDING) return folded;
  const stem = folded.replace(ending, '');
  return stem.length < SHORTEST_STEM ? folded.slice(0, SHORTEST_STEM + 1) : stem;
}
