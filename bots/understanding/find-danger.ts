import type { Desk } from '../../server/contract/bot.ts';
import type { Danger } from './danger-ids.ts';
import { clausesOf, fold, wordsOf } from './normalise.ts';
import { resembles } from './resembles.ts';

export type { Danger };

/** From this length on (folded) a word of danger may be misspelt by one letter. */
const SHORTEST_MISSPELT = 8;
/** Stands where an innocent phrase stood, so that the words around it do not come together. */
const GAP = '';

/** What may lead up to a word of danger to take it back: «no es una», «ya no hay ningún», "there is no". */
const DENIAL = new RegExp(
  [
    '(?:^| )(?:',
    '(?:no|tampoco|nunca|nadie) (?:es|son|hay|hubo|fue|era|sea|esta|estoy|estamos|corro|corremos|tengo|tenemos|se trata|considero)',
    '|sin|ningun|ninguna',
    '|(?:is|was|are|am|im|its|theres|there is|it is|this is) (?:not|no)|isnt|wasnt|arent|aint|not|no longer|without|never',
    ')(?: (?:que|sea|haya|nada|de|una?|ningun|ninguna|en|tan|muy|como|algo|caso|an?|any|the|in|real|really|actually))*$',
  ].join(''),
);

/**
 * Whether a text speaks of danger to somebody, by the city's own words for it. Spelling is taken loosely, one word may
 * stand between the words of a phrase, and what is denied («no es una emergencia») does not count.
 */
export function findDanger(text: string, words: Desk['danger']): Danger | null {
  const clauses = clausesOf(text).map((plain) => ({
    plain,
    folded: setAside(plain.map(fold), phrasesOf(words.innocent)),
  }));
  // Violence first: what is said then names the emergency number too.
  if (clauses.some((clause) => mentions(clause, phrasesOf(words.violence)))) return 'violence';
  const now = clauses.filter((clause) => !mentions(clause, phrasesOf(words.excuses)));
  return now.some((clause) => mentions(clause, phrasesOf(words.emergency))) ? 'emergency' : null;
}

function mentions({ plain, folded }: { plain: string[]; folded: string[] }, phrases: Phrases): boolean {
  return folded.some((word, at) =>
    phrases.get(word[0])?.some((phrase) => matches(folded, at, phrase) && !isDenied(plain, at, phrase)),
  );
}

/** The denial may take its verb from the phrase itself: «ya no *hay fuego*»; but a phrase may begin with its own «no». */
function isDenied(plain: string[], at: number, phrase: string[]): boolean {
  const before = plain.slice(0, at).join(' ');
  if (DENIAL.test(before)) return true;
  return phrase.length > 1 && !/^(?:no|not)$/.test(plain[at] ?? '') && DENIAL.test(`${before} ${plain[at]}`);
}

function matches(words: string[], at: number, phrase: string[]): boolean {
  let next = at;
  return phrase.every((wanted, i) => {
    const skipped = i > 0 && !same(words[next], wanted) && words[next] !== GAP ? 1 : 0;
    next += skipped + 1;
    return same(words[next - 1], wanted);
  });
}

function same(word: string | undefined, wanted: string): boolean {
  return word !== undefined && resembles(word, wanted, SHORTEST_MISSPELT);
}

function setAside(folded: string[], phrases: Phrases): string[] {
  const kept = [...folded];
  for (const [at, word] of folded.entries()) {
    const innocent = phrases.get(word[0])?.find((phrase) => phrase.every((wanted, i) => kept[at + i] === wanted));
    if (innocent) kept.fill(GAP, at, at + innocent.length);
  }
  return kept;
}

/** The phrases of a list by the initial of their first word, the longest first. */
type Phrases = Map<string | undefined, string[][]>;
const prepared = new WeakMap<readonly string[], Phrases>();

/** A city's list is the same array from start to stop, so it is taken apart once. */
function phrasesOf(list: readonly string[]): Phrases {
  const known = prepared.get(list);
  if (known) return known;
  const phrases = list.map((phrase) => wordsOf(phrase).map(fold)).sort((a, b) => b.length - a.length);
  const byInitial = Map.groupBy(phrases, ([first]) => first?.[0]);
  prepared.set(list, byInitial);
  return byInitial;
}
