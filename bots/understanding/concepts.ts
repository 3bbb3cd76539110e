import { fold, wordsOf } from './normalise.ts';
import { stemOf } from './stem.ts';

/** Names what stems stand for: «se rompió el pavimento» is «roto» and «pavimento». */
export type FindConcepts = (stems: readonly string[]) => Set<string>;

/** Prepares the city's words that mean the same, by the name of what they mean. */
export function conceptFinder(words: Readonly<Record<string, readonly string[]>>): FindConcepts {
  const byFirst = new Map<string, { stems: string[]; concept: string }[]>();
  for (const [concept, list] of Object.entries(words)) {
    for (const wording of list) {
      const stems = wordsOf(wording).map(fold).filter(Boolean).map(stemOf);
      const [first] = stems;
      if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { stems, concept }]);
    }
  }
  return (stems) =>
    new Set(
      stems.flatMap((stem, at) =>
        (byFirst.get(stem) ?? [])
          .filter((wording) => wording.stems.every((wanted, i) => stems[at + i] === wanted))
          .map(({ concept }) => concept),
      ),
    );
}
