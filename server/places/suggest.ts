import type { PlaceSuggestion } from '../contract/place.ts';
import type { Gazetteer, KnownPlace, KnownStreet } from './gazetteer.ts';
import { cornerSuggestion, suggestionOf } from './to-suggestions.ts';
import { soundOf, type Word, wordsOf } from './words.ts';

const MOST = 8;
const SHORTEST = 2;
/** What is typed up to a corner's second street. */
const TOWARDS_CORNER = /^(.+?)\s+(?:y|e|con|esquina(?:\s+(?:con|de))?|esq\.?|casi)(?:\s+(\S.*)?)?$/i;
/** Typed before a name, and no part of it. */
const BEFORE = new Set(
  'col colonia fracc fraccionamiento calle av avenida blvd boulevard bulevar en el la los las de del'.split(' '),
);

/**
 * What somebody may mean who is still typing.
 * @param read what the words say so far as a sentence, which goes before guesses
 */
export function suggestPlaces(
  gazetteer: Gazetteer,
  typed: string,
  read: (text: string) => PlaceSuggestion[],
): PlaceSuggestion[] {
  if (soundOf(typed.replace(/[^\p{L}\d]/gu, '')).length < SHORTEST) return [];
  const said = read(typed);
  const [, first, second = ''] = TOWARDS_CORNER.exec(typed) ?? [];
  const corners = first ? cornersOf(gazetteer, first, second) : [];
  const all = corners.length > 0 ? [...corners, ...said] : [...said, ...namesLike(gazetteer, typed)];
  const labels = new Set<string>();
  return all.filter(({ label }) => !labels.has(label) && labels.add(label)).slice(0, MOST);
}

function namesLike(gazetteer: Gazetteer, typed: string): PlaceSuggestion[] {
  const { colonias, streets, landmarks } = gazetteer;
  return best([...colonias, ...streets, ...landmarks], typed).map(({ place, score }) =>
    suggestionOf(gazetteer, place, score),
  );
}

/** The streets that cross the first one and begin like the second. */
function cornersOf(gazetteer: Gazetteer, first: string, second: string): PlaceSuggestion[] {
  const street = best(gazetteer.streets, first)[0]?.place;
  if (!street) return [];
  const others = second ? best(gazetteer.streets, second) : gazetteer.streets.map((place) => ({ place, score: 0.5 }));
  return others.flatMap(({ place, score }) => cornerSuggestion(gazetteer, street, place, score) ?? []);
}

function best<P extends KnownPlace | KnownStreet>(places: readonly P[], typed: string): { place: P; score: number }[] {
  const words = wordsOf(typed).filter(({ plain }, i, all) => i === all.length - 1 || !BEFORE.has(plain));
  return places
    .map((place) => ({
      place,
      score: Math.max(...[place.name, ...place.aliases].map((name) => likeness(words, name))),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place.name.localeCompare(b.place.name, 'es'));
}

/** How much of a name is typed, 0 when something else is: every word whole, in order, the last from its beginning. */
function likeness(typed: readonly Word[], name: string): number {
  const named = wordsOf(name);
  let at = 0;
  let letters = 0;
  for (const [i, word] of typed.entries()) {
    const last = i === typed.length - 1;
    const found = named.findIndex((part, j) => j >= at && (part.sound === word.sound || (last && begins(part, word))));
    if (found < 0) return 0;
    at = found + 1;
    letters += word.sound.length;
  }
  const whole = named.reduce((sum, { sound }) => sum + sound.length, 0);
  return Math.min(0.9, 0.4 + 0.5 * (letters / whole) + (typed[0]?.sound && begins(named[0], typed[0]) ? 0.1 : 0));
}

function begins(part: Word | undefined, word: Word): boolean {
  return part !== undefined && (part.plain.startsWith(word.plain) || part.sound.startsWith(word.sound));
}
