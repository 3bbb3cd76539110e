import type { Capabilities } from '../contract/channel.ts';
import type { Part } from '../contract/message.ts';
import { splitText } from './split-text.ts';

/** How the city says what a channel cannot carry. */
export interface Wording {
  /** A part in words; empty where nothing is lost without it. */
  of(part: Part): string;
  /** What stands above choices that come without words of their own. */
  choose: string;
  /** How to answer a menu of numbers. */
  byNumber: string;
}

type Limits = Pick<Capabilities, 'parts' | 'textLength' | 'choices'>;
type ChoicesPart = Extract<Part, { type: 'choices' }>;

/**
 * A message as the provider's messages that it leaves as, in the order of its parts: words together, with the choices
 * under the last of them, and each file, location or template by itself. What the channel cannot carry is said in
 * words. The same message gives the same pieces.
 */
export function toPieces(parts: readonly Part[], limits: Limits, wording: Wording): Part[][] {
  const pieces: Part[][] = [];
  let words: string[] = [];

  function say(choices?: ChoicesPart): void {
    const texts = splitText(words.join('\n\n'), limits.textLength);
    words = [];
    if (choices) {
      const longest = Math.min(limits.textLength, limits.choices?.textLength ?? limits.textLength);
      texts.push(...splitText(texts.pop() ?? wording.choose, longest));
    }
    texts.forEach((text, index) => {
      const isLast = index === texts.length - 1;
      pieces.push([{ type: 'text', text }, ...(choices && isLast ? [choices] : [])]);
    });
  }

  for (const part of parts) {
    if (part.type === 'choices' && shows(part, limits)) say(part);
    else if (part.type === 'text' || part.type === 'choices' || !limits.parts.has(part.type)) {
      words.push(...inWords(part, wording));
    } else {
      say();
      pieces.push([part]);
    }
  }
  say();
  return pieces;
}

const shows = ({ options }: ChoicesPart, { parts, choices }: Limits): boolean =>
  parts.has('choices') &&
  options.length <= (choices?.most ?? Number.POSITIVE_INFINITY) &&
  options.every(({ title }) => title.length <= (choices?.titleLength ?? Number.POSITIVE_INFINITY));

function inWords(part: Part, wording: Wording): string[] {
  const words = wording.of(part);
  if (!words) return [];
  return part.type === 'choices' ? [`${words}\n\n${wording.byNumber}`] : [words];
}
