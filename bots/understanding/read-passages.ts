import { BACKGROUND } from '../../server/contract/city.ts';
import type { Ranked, Recognise } from './learn.ts';
import { wordsOf } from './normalise.ts';
import { passagesOf } from './requests.ts';

/** A text as a whole, and passage by passage when it is long. */
export interface Reading {
  whole: Ranked[];
  passages: Ranked[][];
}

/** Shorter texts are one passage. */
const LONG_WORDS = 9;
/** How much the passage that says most counts beside the whole. */
const PASSAGE = 0.85;

/** What says nothing of what is wanted. */
const small = new Set([BACKGROUND, 'ninguno', 'saludo', 'despedida']);

export function isSmallTalk(id: string): boolean {
  return small.has(id);
}

export function readPassages(text: string, recognise: Recognise): Reading {
  const passages = wordsOf(text).length < LONG_WORDS ? [] : passagesOf(text);
  return { whole: recognise(text), passages: passages.length < 2 ? [] : passages.map(recognise) };
}

/** In a long text the passage that says most counts most: what is told around it does not outvote it. */
export function rankReading({ whole, passages }: Reading): Ranked[] {
  const telling = passages
    .filter(([best]) => best && !isSmallTalk(best.id))
    .sort(([a], [b]) => (b?.confidence ?? 0) - (a?.confidence ?? 0))[0];
  if (!telling) return whole;
  const inPassage = new Map(telling.map(({ id, confidence }) => [id, confidence]));
  return whole
    .map(({ id, confidence }) => ({ id, confidence: confidence * (1 - PASSAGE) + (inPassage.get(id) ?? 0) * PASSAGE }))
    .sort((a, b) => b.confidence - a.confidence);
}
