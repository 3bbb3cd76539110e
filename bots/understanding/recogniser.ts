import type { Desk } from '../../server/contract/bot.ts';
import { trainClassifier } from './classifier.ts';
import { conceptFinder } from './concepts.ts';
import { featuresOf } from './features.ts';

/** An id with how likely it is that a text is about it, 0 to 1. */
export interface Ranked {
  id: string;
  confidence: number;
}

/** Ranks every id a text may be about, likeliest first. `BACKGROUND` is among them. */
export type Recogniser = (text: string) => Ranked[];

/** Brings confidence in line with how often it is right; `npm run evaluate` prints the best. */
const TEMPERATURE = 1;

/** Learns from the city's utterances and the titles of its catalogue. The same content gives the same recogniser. */
export function trainRecogniser({
  utterances,
  words,
  catalogue,
}: Pick<Desk, 'utterances' | 'words' | 'catalogue'>): Recogniser {
  const conceptsIn = conceptFinder(words);
  const titles = [...catalogue('es'), ...catalogue('en')].map(({ id, title }) => ({ id, text: title }));
  const worded = Object.entries(utterances).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
  const examples = [...titles, ...worded].map(({ id, text }) => ({ id, features: featuresOf(text, conceptsIn) }));
  const { ids, probabilities } = trainClassifier(examples, TEMPERATURE);

  return (text) => {
    const likely = probabilities(featuresOf(text, conceptsIn));
    return ids.map((id, i) => ({ id, confidence: likely[i] ?? 0 })).sort((a, b) => b.confidence - a.confidence);
  };
}
