import type { Locale } from '../../contract/errors.ts';
import type { ChoiceOption, Part } from '../../contract/message.ts';
import { plainText } from './plain-text.ts';
import { sayChoice } from './say-choice.ts';
import { sayFigures } from './say-figures.ts';
import { sayNames } from './say-names.ts';

/** What of the city's words somebody hears on a telephone, and how they may answer. */
export interface ForTheEar {
  /** Plain sentences to be spoken, without any markup; empty: nothing of it is for the ear. */
  text: string;
  /** Quick answers that were offered: key 1 is the first. */
  choices: readonly ChoiceOption[];
  /** With choices a key answers at once; without, a number may be keyed: a folio, a telephone. */
  keys: { most: number; finishOn: '#' | null };
  /** What they are likely to say. */
  hints: readonly string[];
}

/** Of a folio with its year, or a telephone number. */
const LONGEST_NUMBER = 10;
const ONE_KEY = 9;

/**
 * What the bot says, for the ear: lists become sentences, folios and keys are spelled, choices are told with the key
 * to press. What is only for the eye is left out: pictures, cards, and links that nobody could write down.
 * @param parts of one message or of several in their order; choices are those of the last that has some
 * @param how `canText`: what cannot be dictated can be sent to their telephone as a text
 */
export function toEar(parts: readonly Part[], locale: Locale, how: { canText?: boolean } = {}): ForTheEar {
  const choices = parts.findLast((part) => part.type === 'choices')?.options ?? [];
  const sentences = parts.flatMap((part) => (part.type === 'text' ? [sayText(part.text, locale, how)] : []));
  return {
    text: [...sentences, ...choices.map(({ title }, i) => sayChoice(sayText(title, locale, how), i + 1, locale))]
      .filter((text) => text !== '')
      .join(' '),
    choices,
    keys: keysFor(choices.length),
    hints: choices.map(({ title }) => title),
  };
}

/** One text, as it is said aloud. */
export function sayText(text: string, locale: Locale, { canText = false }: { canText?: boolean } = {}): string {
  return sayFigures(sayNames(plainText(text), locale, canText), locale);
}

function keysFor(choices: number): ForTheEar['keys'] {
  if (choices === 0) return { most: LONGEST_NUMBER, finishOn: '#' };
  return choices <= ONE_KEY ? { most: 1, finishOn: null } : { most: 2, finishOn: '#' };
}
