import type { Desk } from '../../server/contract/bot.ts';
import { askAside } from './ask-aside.ts';
import { classifierOf, type Learnt, train } from './classifier.ts';
import { conceptFinder } from './concepts.ts';
import { featuresOf } from './features.ts';
import { learntOnce } from './keep-learnt.ts';
import { fold, wordsOf } from './normalise.ts';
import { respellBy } from './respell.ts';

/** An id with how likely it is that a text is about it, 0 to 1. */
export interface Ranked {
  id: string;
  confidence: number;
}

/** Ranks every id a text may be about, likeliest first. `BACKGROUND` is among them. */
export type Recognise = (text: string) => Ranked[];

/** What there is to learn from: texts with what they are about, and words that mean the same. */
export interface Lessons {
  texts: { id: string; text: string }[];
  words: Desk['words'];
}

type Taught = Pick<Desk, 'utterances' | 'words' | 'catalogue'>;

/** Brings confidence in line with how often it is right; `npm run evaluate` prints by how much it is off. */
const TEMPERATURE = 1;

/** Learns from the city's utterances and the titles of its catalogue. The same content teaches the same. */
export function learn(desk: Taught): Recognise {
  const lessons = lessonsOf(desk);
  return recogniseBy(lessons, study(lessons));
}

/** The same in a process of its own: nobody waits meanwhile, and the memory it takes goes with it. Once for the same. */
export async function learnAside(desk: Taught): Promise<Recognise> {
  const lessons = lessonsOf(desk);
  const studied = () => askAside<Learnt>(new URL('./learn-process.ts', import.meta.url), lessons);
  return recogniseBy(lessons, await learntOnce(lessons, studied));
}

/** The work itself: some seconds. */
export function study({ texts, words }: Lessons): Learnt {
  const conceptsIn = conceptFinder(words);
  const asWritten = (folded: string) => folded;
  return train(texts.map(({ id, text }) => ({ id, text, features: featuresOf(text, conceptsIn, asWritten) })));
}

function lessonsOf({ utterances, words, catalogue }: Taught): Lessons {
  const titles = [...catalogue('es'), ...catalogue('en')].map(({ id, title }) => ({ id, text: title }));
  const worded = Object.entries(utterances).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
  return { texts: [...titles, ...worded], words };
}

function recogniseBy({ texts, words }: Lessons, learnt: Learnt): Recognise {
  const conceptsIn = conceptFinder(words);
  const respell = respellBy(countWords([...texts.map(({ text }) => text), ...Object.values(words).flat()]));
  const { ids, probabilities } = classifierOf(learnt, TEMPERATURE);
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
