import type { Part } from '../../../server/contract/message.ts';

/** Sentences that are told in one breath. */
const MOST = 4;
/** A single sentence more is no reason to ask. */
const LEFTOVER = 1;
const ITEM = /^(?:[-*•]|\d+[.)])\s/;
const SENTENCE_END = /(?<=[.!?…])\s+(?=[\p{Lu}¿¡«"])/u;

/** A text in breaths of a few sentences each; an item of a list counts as one, and stays on a line of its own. */
export function tellAloud(part: Part): string[] {
  if (part.type !== 'text') return [];
  const sentences = part.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => (ITEM.test(line) ? [line] : line.split(SENTENCE_END).filter(Boolean)));
  const breaths: string[][] = [];
  for (const [i, sentence] of sentences.entries()) {
    const breath = breaths.at(-1);
    const fits = breath && (breath.length < MOST || sentences.length - i <= LEFTOVER);
    if (fits) breath.push(sentence);
    else breaths.push([sentence]);
  }
  return breaths.map((breath) => breath.join('\n'));
}
