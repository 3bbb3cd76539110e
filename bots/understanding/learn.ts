import type { Desk } from '../../server/contract/bot.ts';
import { trainClassifier } from './classifier.ts';
import { conceptFinder } from './concepts.ts';
import { featuresOf } from './features.ts';
import { fold, wordsOf } from './normalise.ts';
import { respellBy } from './respell.ts';

/** An id with how likely it is that a text is about it, 0 to 1. */
export interface Ranked {
  id: string;
  confidence: number;
}

/** Ranks every id a text may be about, likeliest first. `BACKGROUND` is among them. */
export type Recognise = (text: string) => Ranked[];

/** Brings confidence in line with how often it is right; `npm run evaluate` prints by how much it is off. */
const TEMPERATURE = 1;

/** Learns from the city's utterances and the titles of its catalogue. The same content teaches the same. */
export function learn({ utterances, words, catalogue }: Pick<Desk, 'utterances' | 'words' | 'catalogue'>): Recognise {
  const titles = [...catalogue('es'), ...catalogue('en')].map(({ id, title }) => ({ id, text: title }));
  const worded = Object.entries(utterances).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
  const lessons = [...titles, ...worded];

  const conceptsIn = conceptFinder(words);
  const respell = respellBy(countWords([...lessons.map(({ text }) => text), ...Object.values(words).flat()]));
  const asWritten = (folded: string) => folded;
  const { ids, probabilities } = trainClassifier(
    lessons.map(({ id, text }) => ({ id, features: featuresOf(text, conceptsIn, asWritten) })),
    TEMPERATURE,
  );

  return (text) => {
    const likely = probabilities(featuresOf(text, conceptsIn, respell));
    return ids.map((id, i) => ({ id, confidence: likely[i] ?? 0 })).sort((a, b) => b.confidence - a.confidence);
  };
}

function countWords(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap(wordsOf).map(fold)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
