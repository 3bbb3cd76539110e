export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** A text as words, each with the blanks before it, so that pieces put together are the text again. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? [];

/**
 * What was added to a text and what was removed, word by word, by their longest common subsequence. Made for texts of a
 * few hundred words: its work grows with the product of both lengths.
 */
export function differences(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const width = now.length + 1;
  /** How many words the ends from here have in common. */
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i]?.trim() === now[j]?.trim()
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [word, next] = [old[i], now[j]];
    if (word !== undefined && next !== undefined && word.trim() === next.trim()) {
      add('same', next);
      i += 1;
      j += 1;
    } else if (
      next === undefined ||
      (word !== undefined && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      add('removed', word ?? '');
      i += 1;
    } else {
      add('added', next);
      j += 1;
    }
  }
  return pieces;
}
