/**
 * The rules of a Hunspell dictionary by which words are made from others, as far as those of Spanish and English use
 * them: suffixes, prefixes, and suffixes on suffixes (hunspell(5), «AFFIX CREATION»).
 */
export interface Affix {
  flag: string;
  /** Taken from the word before the affix is put there. */
  strip: string;
  /** Whether it may stand beside an affix of the other kind. */
  cross: boolean;
  /** What the word without the affix must look like. */
  fits: RegExp | null;
  /** Flags that a word has by this affix: by which it takes another. */
  gives: string;
}

export interface AffixRules {
  /** By what they add. */
  suffixes: ReadonlyMap<string, readonly Affix[]>;
  prefixes: ReadonlyMap<string, readonly Affix[]>;
  /** In letters. */
  longestSuffix: number;
  longestPrefix: number;
  /** Letters to try in the place of others, the commonest first. */
  letters: string;
  /** What is written for what. */
  mistakes: readonly (readonly [wrong: string, right: string])[];
  /** Marks words that are no words by themselves. */
  onlyInside: string | null;
}

/** @param text an `.aff` file with flags of one letter, as those of the dictionaries in use are */
export function readAffixRules(text: string): AffixRules {
  const rules = { SFX: new Map<string, Affix[]>(), PFX: new Map<string, Affix[]>() };
  const crosses = new Map<string, boolean>();
  const mistakes: [string, string][] = [];
  let letters = '';
  let onlyInside: string | null = null;

  for (const line of text.split(/\r?\n/)) {
    const [kind = '', first = '', second = '', third = '', condition = '.'] = line.trim().split(/\s+/);
    if (kind === 'TRY') letters = first;
    else if (kind === 'ONLYINCOMPOUND') onlyInside = first;
    else if (kind === 'REP' && second) mistakes.push([plain(first), plain(second)]);
    else if (kind === 'SFX' || kind === 'PFX') {
      if (/^[YN]$/.test(second) && /^\d+$/.test(third)) crosses.set(`${kind}${first}`, second === 'Y');
      else add(rules[kind], kind, first, [second, third, condition]);
    }
  }

  function add(to: Map<string, Affix[]>, kind: 'SFX' | 'PFX', flag: string, [strip, added, condition]: string[]): void {
    const [text = '', gives = ''] = (added ?? '').split('/');
    const affix: Affix = {
      flag,
      strip: strip === '0' ? '' : (strip ?? ''),
      cross: crosses.get(`${kind}${flag}`) ?? false,
      fits:
        !condition || condition === '.' ? null : new RegExp(kind === 'SFX' ? `${condition}$` : `^${condition}`, 'u'),
      gives,
    };
    const key = text === '0' ? '' : text;
    const same = to.get(key);
    if (same) same.push(affix);
    else to.set(key, [affix]);
  }

  return {
    suffixes: rules.SFX,
    prefixes: rules.PFX,
    longestSuffix: longest(rules.SFX),
    longestPrefix: longest(rules.PFX),
    letters: [...new Set(letters.toLowerCase())].join(''),
    mistakes,
    onlyInside,
  };
}

const longest = (rules: ReadonlyMap<string, unknown>): number =>
  Math.max(0, ...[...rules.keys()].map((key) => key.length));

/** A blank is written as `_` there, an end of a word as `^` or `$`. */
const plain = (text: string): string => text.replace(/[$^]/g, '').replaceAll('_', ' ');
