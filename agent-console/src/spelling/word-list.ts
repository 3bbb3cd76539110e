import { type Affix, type AffixRules, readAffixRules } from './affix-rules.ts';

/** Whether words are right, by a Hunspell dictionary and by words that were added to it. */
export interface WordList {
  readonly rules: AffixRules;
  /** As written: with a capital where one stands at the beginning, or in capitals throughout. */
  isRight(word: string): boolean;
  /** Words that are right besides. */
  know(words: Iterable<string>): void;
  readonly known: ReadonlySet<string>;
}

/**
 * Words are looked up by taking their affixes off, never by making all there are: of Spanish verbs these would be
 * millions.
 * @param aff, dic the two files of a dictionary
 * @param bareOf a word without what a language hangs on any verb, where its dictionary lists only some
 */
export function createWordList(
  aff: string,
  dic: string,
  bareOf: (word: string) => string | null = () => null,
): WordList {
  const rules = readAffixRules(aff);
  const flagsOf = readStems(dic);
  const known = new Set<string>();

  const isStem = (word: string): boolean => {
    const flags = flagsOf.get(word);
    return flags !== undefined && !(rules.onlyInside && flags.includes(rules.onlyInside));
  };

  /** Whether taking a suffix off leads to a word that takes it; `needs`: flags that word must have as well. */
  function hasSuffix(word: string, needs: Affix | null): boolean {
    for (let length = Math.min(rules.longestSuffix, word.length - 1); length >= 0; length -= 1) {
      const from = word.length - length;
      for (const suffix of rules.suffixes.get(word.slice(from)) ?? []) {
        const stem = word.slice(0, from) + suffix.strip;
        if (stem === word || (suffix.fits && !suffix.fits.test(stem))) continue;
        if (needs && !(suffix.cross && needs.cross)) continue;
        const flags = flagsOf.get(stem);
        if (flags?.includes(suffix.flag) && (!needs || flags.includes(needs.flag))) return true;
        if (hasInnerSuffix(stem, suffix.flag, needs)) return true;
      }
    }
    return false;
  }

  /** The suffix was put on a word that itself has one. */
  function hasInnerSuffix(word: string, outer: string, needs: Affix | null): boolean {
    for (let length = Math.min(rules.longestSuffix, word.length - 1); length >= 0; length -= 1) {
      const from = word.length - length;
      for (const suffix of rules.suffixes.get(word.slice(from)) ?? []) {
        if (!suffix.gives.includes(outer)) continue;
        const stem = word.slice(0, from) + suffix.strip;
        if (suffix.fits && !suffix.fits.test(stem)) continue;
        const flags = flagsOf.get(stem);
        if (flags?.includes(suffix.flag) && (!needs || flags.includes(needs.flag))) return true;
      }
    }
    return false;
  }

  function hasPrefix(word: string): boolean {
    for (let length = Math.min(rules.longestPrefix, word.length - 1); length > 0; length -= 1) {
      for (const prefix of rules.prefixes.get(word.slice(0, length)) ?? []) {
        const rest = prefix.strip + word.slice(length);
        if (prefix.fits && !prefix.fits.test(rest)) continue;
        if (flagsOf.get(rest)?.includes(prefix.flag) || hasSuffix(rest, prefix)) return true;
      }
    }
    return false;
  }

  const isListed = (word: string): boolean => isStem(word) || hasSuffix(word, null) || hasPrefix(word);

  function isWord(word: string): boolean {
    if (known.has(word) || isListed(word)) return true;
    const bare = bareOf(word);
    return bare !== null && isListed(bare);
  }

  return {
    rules,
    known,
    isRight(written) {
      const word = written.replaceAll('’', "'");
      if (isWord(word)) return true;
      const lower = word.toLowerCase();
      if (lower === word) return false;
      if (isWord(lower)) return true;
      // In capitals throughout, a name is one all the same.
      return word === word.toUpperCase() && isWord(capitalised(lower));
    },
    know(words) {
      for (const word of words) known.add(word);
    },
  };
}

export const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Words with their flags; those of words that are written alike are taken together. */
function readStems(dic: string): Map<string, string> {
  const flagsOf = new Map<string, string>();
  // The first line says how many there are.
  for (const line of dic.split(/\r?\n/).slice(1)) {
    const [entry = ''] = line.split(/\s/);
    const [word = '', flags = ''] = entry.split('/');
    if (word) flagsOf.set(word, (flagsOf.get(word) ?? '') + flags);
  }
  return flagsOf;
}
