import type { FindConcepts } from './concepts.ts';
import { fold, wordsOf } from './normalise.ts';
import type { Respell } from './respell.ts';
import { stemOf } from './stem.ts';
import { weighClauses } from './weigh-clauses.ts';

/** What the classifier sees of a text: features by name, with their weight. */
export type Features = Map<string, number>;

/** How much each kind of feature says; found by trying (`npm run evaluate`). */
const weight = {
  word: 1,
  filler: 0.6,
  contentPair: 0.6,
  wordPair: 0.4,
  opening: 0.4,
  letters: 0.4,
  concept: 2,
  conceptPair: 1,
  farConceptPair: 0.5,
  length: 0.4,
};
const LETTERS = [3, 4, 5];
/** Longer texts are cut: what counts has been said by then. */
const MOST_WORDS = 400;
/** In a text of many concepts any two of them stand together by chance. */
const MOST_CONCEPTS_PAIRED = 12;
const LONGEST_DOUBLING = 6;

/** Words that say little by themselves. */
const fillers = new Set(
  wordsOf(`
    a al ante con de del desde el ella en es esa ese esta este esto la las le lo los me mi mis nos o para por que se su
    sus te tu un una unos y ya yo estan pero muy mas favor the of to my is in on a an i it for and`).map(fold),
);

/** Words, pairs of words, what they mean, and their letters, so that a misspelt word still resembles itself. */
export function featuresOf(text: string, conceptsIn: FindConcepts, respell: Respell): Features {
  const features: Features = new Map();
  function add(name: string, value: number): void {
    if ((features.get(name) ?? 0) < value) features.set(name, value);
  }

  const clauses = weighClauses(text);
  const meant = new Set<string>();
  let read = 0;
  for (const { words: typed, weight: clause } of clauses) {
    const words = typed
      .slice(0, MOST_WORDS - read)
      .map(fold)
      .filter(Boolean)
      .map(respell);
    if (read === 0) addOpening(words.map(stemOf), add);
    read += words.length;
    addWords(words, clause, add);
    const concepts = [...conceptsIn(words.map(stemOf))].sort();
    for (const concept of concepts) add(`k ${concept}`, weight.concept * clause);
    for (const pair of combined(concepts)) add(`kk ${pair}`, weight.conceptPair * clause);
    for (const concept of concepts) meant.add(concept);
  }
  if (meant.size < MOST_CONCEPTS_PAIRED) {
    for (const pair of combined([...meant].sort())) add(`kk ${pair}`, weight.farConceptPair);
  }
  add(`n ${Math.min(LONGEST_DOUBLING, Math.floor(Math.log2(read + 1)))}`, weight.length);
  return features;
}

type Add = (name: string, value: number) => void;

function addOpening([first, second]: string[], add: Add): void {
  if (first !== undefined) add(`1 ${first}`, weight.opening);
  if (second !== undefined) add(`1 ${first} ${second}`, weight.opening);
}

function addWords(words: readonly string[], clause: number, add: Add): void {
  const stems = words.map(stemOf);
  const content = stems.filter((_, i) => !fillers.has(words[i] ?? ''));
  for (const [i, stem] of stems.entries()) {
    add(`w ${stem}`, (fillers.has(words[i] ?? '') ? weight.filler : weight.word) * clause);
  }
  for (const pair of neighbours(content)) add(`c ${pair}`, weight.contentPair * clause);
  for (const pair of neighbours(stems)) add(`p ${pair}`, weight.wordPair * clause);
  for (const word of words) {
    if (!fillers.has(word)) for (const letters of lettersOf(`_${word}_`)) add(`l ${letters}`, weight.letters * clause);
  }
}

function neighbours(words: readonly string[]): string[] {
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}

function combined(names: readonly string[]): string[] {
  return names.flatMap((name, i) => names.slice(i + 1).map((other) => `${name} ${other}`));
}

function lettersOf(word: string): string[] {
  return LETTERS.flatMap((size) =>
    Array.from({ length: Math.max(0, word.length - size + 1) }, (_, i) => word.slice(i, i + size)),
  );
}
