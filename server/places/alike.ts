import type { Word } from './words.ts';

/** How alike a written word and a word of a name are: 1 the same, 0.95 by its sound, 0.8 but for one letter. */
export type AlikeWords = (word: Word) => ReadonlyMap<string, number>;

const SHORTEST_WITH_TYPO = 5;

/**
 * Finds the words of names that a written word may stand for, in about the time of a few look-ups however many names
 * there are: every word is filed under all that remains of it when one letter is left out.
 * @param names words of names, plain
 * @param ordinary words people use anyway: none of them is a slip of the pen
 */
export function alikeWords(names: ReadonlyMap<string, string>, ordinary: { has(plain: string): boolean }): AlikeWords {
  const bySound = new Map<string, string[]>();
  const byRemains = new Map<string, Set<string>>();
  for (const [plain, sound] of names) {
    file(bySound, sound, plain);
    if (/\d/.test(plain)) continue;
    for (const remains of [sound, ...remainsOf(sound)]) {
      const filed = byRemains.get(remains);
      if (filed) filed.add(plain);
      else byRemains.set(remains, new Set([plain]));
    }
  }

  return ({ plain, sound }) => {
    const found = new Map<string, number>();
    for (const name of bySound.get(sound) ?? []) found.set(name, name === plain ? 1 : 0.95);
    if (sound.length < SHORTEST_WITH_TYPO || /\d/.test(plain) || ordinary.has(plain)) return found;
    for (const remains of [sound, ...remainsOf(sound)]) {
      for (const name of byRemains.get(remains) ?? []) {
        const other = names.get(name) ?? '';
        if (!found.has(name) && other.length >= SHORTEST_WITH_TYPO && differByOne(sound, other)) found.set(name, 0.8);
      }
    }
    return found;
  };
}

function file(index: Map<string, string[]>, key: string, value: string): void {
  const filed = index.get(key);
  if (filed) filed.push(value);
  else index.set(key, [value]);
}

function remainsOf(word: string): string[] {
  return Array.from({ length: word.length }, (_, i) => word.slice(0, i) + word.slice(i + 1));
}

/** One letter more, less, other, or two neighbours exchanged. */
function differByOne(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const left = [a.slice(start, a.length - end), b.slice(start, b.length - end)] as const;
  const [one, other] = left;
  if (one.length <= 1 && other.length <= 1) return true;
  return one.length === 2 && other.length === 2 && one[0] === other[1] && one[1] === other[0];
}
