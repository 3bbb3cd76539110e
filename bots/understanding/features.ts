import type { FindConcepts } from './concepts.ts';
import { fold, wordsOf } from './normalise.ts';
import type { Respell } from './respell.ts';
import { stemOf } from './stem.ts';

/** What the classifier sees of a text: features by name, with their weight. */
export type Features = Map<string, number>;

/** How much each kind of feature says; found by trying (`npm run evaluate`). */
const weight = { word: 1, filler: 0.3, contentPair: 0.6, wordPair: 0.4, letters: 0.4, concept: 2, conceptPair: 1 };
const LETTERS = [3, 4];
/** Longer texts are cut: what counts has been said by then. */
const MOST_WORDS = 400;

/** Words that say little by themselves. */
const fillers = new Set(
  wordsOf(`
    a al ante con de del desde el ella en es esa ese esta este esto la las le lo los me mi mis nos o para por que se su
    sus te tu un una unos y ya yo estan pero muy mas favor the of to my is in on a an i it for and`).map(fold),
);

/** Words, pairs of words, what they mean, and their letters, so that a misspelt word still resembles itself. */
export function featuresOf(text: string, conceptsIn: FindConcepts, respell: Respell): Features {
  const features: Features = new Map();
  const words = wordsOf(text).slice(0, MOST_WORDS).map(fold).filter(Boolean).map(respell);
  const stems = words.map(stemOf);
  const content = stems.filter((_, i) => !fillers.has(words[i] ?? ''));

  for (const [i, stem] of stems.entries()) {
    features.set(`w ${stem}`, fillers.has(words[i] ?? '') ? weight.filler : weight.word);
  }
  for (const pair of pairs(content)) features.set(`c ${pair}`, weight.contentPair);
  for (const pair of pairs(stems)) features.set(`p ${pair}`, weight.wordPair);
  for (const word of words) {
    if (!fillers.has(word)) for (const letters of lettersOf(`_${word}_`)) features.set(`l ${letters}`, weight.letters);
  }
  const concepts = [...conceptsIn(stems)].sort();
  for (const [i, concept] of concepts.entries()) {
    features.set(`k ${concept}`, weight.concept);
    for (const other of concepts.slice(i + 1)) features.set(`kk ${concept} ${other}`, weight.conceptPair);
  }
  return features;
}

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}

function lettersOf(word: string): string[] {
  return LETTERS.flatMap((size) =>
    Array.from({ length: Math.max(0, word.length - size + 1) }, (_, i) => word.slice(i, i + size)),
  );
}
