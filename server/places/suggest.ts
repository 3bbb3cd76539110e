import type { PlaceSuggestion } from '../contract/place.ts';
import type { Gazetteer, KnownPlace, KnownStreet } from './gazetteer.ts';
import { cornerSuggestion, suggestionOf } from './to-suggestions.ts';
import { type Word, wordsOf } from './words.ts';

const MOST = 8;
const SHORTEST = 2;
/** What is typed up to a corner's second street. */
const TOWARDS_CORNER = /^(.+?)\s+(?:y|e|con|esquina(?:\s+(?:con|de))?|esq\.?|casi)(?:\s+(\S.*)?)?$/i;
/** Typed before a name, and no part of it. */
const BEFORE = new Set(
  'col colonia fracc fraccionamiento calle av avenida blvd boulevard bulevar en el la los las de del'.split(' '),
);

interface Spelt<P> {
  place: P;
  /** The words of each of its names. */
  names: Word[][];
}
interface Guess<P> {
  place: P;
  score: number;
}

/**
 * Knows what somebody may mean who is still typing, best first.
 * @param read what the words say so far as a sentence, which goes before guesses
 */
export function createSuggest(
  gazetteer: Gazetteer,
  read: (text: string) => PlaceSuggestion[],
): (typed: string) => PlaceSuggestion[] {
  const streets = gazetteer.streets.map(spell);
  const all = [...gazetteer.colonias.map(spell), ...streets, ...gazetteer.landmarks.map(spell)];

  /** The streets that cross the first one and begin like the second. */
  function corners(first: string, second: string): PlaceSuggestion[] {
    const street = best(streets, first)[0]?.place;
    if (!street) return [];
    const others = second ? best(streets, second) : gazetteer.streets.map((place) => ({ place, score: 0.5 }));
    return others.flatMap(({ place, score }) => cornerSuggestion(gazetteer, street, place, score) ?? []);
  }

  return (typed) => {
    if (typed.replace(/[^\p{L}\d]/gu, '').length < SHORTEST) return [];
    const [, first, second = ''] = TOWARDS_CORNER.exec(typed) ?? [];
    const crossing = first ? corners(first, second) : [];
    const said = read(typed);
    const found = crossing.length > 0 ? [...crossing, ...said] : [...said, ...named(gazetteer, all, typed)];
    const labels = new Set<string>();
    return found.filter(({ label }) => !labels.has(label) && labels.add(label)).slice(0, MOST);
  };
}

function spell<P extends KnownPlace>(place: P): Spelt<P> {
  return { place, names: [place.name, ...place.aliases].map(wordsOf) };
}

function named(gazetteer: Gazetteer, all: readonly Spelt<KnownPlace>[], typed: string): PlaceSuggestion[] {
  return best(all, typed)
    .slice(0, MOST)
    .map(({ place, score }) => suggestionOf(gazetteer, place, score));
}

function best<P extends KnownPlace | KnownStreet>(places: readonly Spelt<P>[], typed: string): Guess<P>[] {
  const words = wordsOf(typed).filter(({ plain }, i, all) => i === all.length - 1 || !BEFORE.has(plain));
  return places
    .map(({ place, names }) => ({ place, score: Math.max(...names.map((name) => likeness(words, name))) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place.name.localeCompare(b.place.name, 'es'));
}

/** How much of a name is typed, 0 when something else is: every word whole, in order, the last from its beginning. */
function likeness(typed: readonly Word[], name: readonly Word[]): number {
  let at = 0;
  let letters = 0;
  for (const [i, word] of typed.entries()) {
    const last = i === typed.length - 1;
    const found = name.findIndex((part, j) => j >= at && (part.sound === word.sound || (last && begins(part, word))));
    if (found < 0) return 0;
    at = found + 1;
    letters += word.sound.length;
  }
  const whole = name.reduce((sum, { sound }) => sum + sound.length, 0);
  const fromTheStart = typed[0] && begins(name[0], typed[0]) ? 0.1 : 0;
  return Math.min(0.9, 0.4 + 0.5 * (letters / whole) + fromTheStart);
}

function begins(part: Word | undefined, word: Word): boolean {
  return part !== undefined && (part.plain.startsWith(word.plain) || part.sound.startsWith(word.sound));
}
