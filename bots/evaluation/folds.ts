import type { Desk } from '../../server/contract/bot.ts';

export const FOLDS = 5;

/** Which fifth a text belongs to: by the text alone (FNV-1a), so that it stays there whatever is added. */
export function foldOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % FOLDS;
}

export function withoutFold(utterances: Desk['utterances'], fold: number): Desk['utterances'] {
  return Object.fromEntries(
    Object.entries(utterances).map(([id, texts]) => [id, texts.filter((text) => foldOf(text) !== fold)]),
  );
}
