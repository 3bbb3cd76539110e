import type { Locale } from '../../../server/contract/errors.ts';
import type { SuggestionKind, SuggestionUse } from '../../../server/contract/suggestion.ts';

/** A suggested text, and what it came from. */
export interface Insertion {
  kind: SuggestionKind;
  id: string;
  text: string;
  /** That it is written in. */
  language: Locale;
}

/** From this share of its words on, what is sent is still what was suggested. */
const STILL = 0.4;

/**
 * What became of a suggestion by the time an answer was sent; undefined where there was none.
 * @param inserted what was put into the answer; @param shown what stood beside it
 */
export function useOf(sent: string, inserted: Insertion | null, shown: Insertion | null): SuggestionUse | undefined {
  const about = inserted ?? shown;
  if (!about) return undefined;
  const { kind, id } = about;
  if (!inserted) return { kind, id, use: 'ignored' };
  if (sent.includes(inserted.text.trim())) return { kind, id, use: 'as_is' };
  return { kind, id, use: shareOf(inserted.text, sent) >= STILL ? 'edited' : 'ignored' };
}

function shareOf(text: string, within: string): number {
  const words = wordsOf(text);
  const there = new Set(wordsOf(within));
  return words.length === 0 ? 0 : words.filter((word) => there.has(word)).length / words.length;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];
