import type { Part } from '../contract/message.ts';

/** In writing or aloud; what was picked by a button too. */
export function wordsOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type === 'choice') return part.title;
      return part.type === 'media' ? (part.transcript ?? '') : '';
    })
    .filter(Boolean)
    .join('\n');
}
