import type { City } from '../contract/city.ts';
import type { PlaceSuggestion, Point, Whereabouts } from '../contract/place.ts';
import { gazetteerOf } from './gazetteer.ts';
import { indexNames } from './names.ts';
import { readPlaces } from './read-places.ts';
import { toSuggestions } from './to-suggestions.ts';
import { whereIs } from './where-is.ts';
import { wordsOf } from './words.ts';

/** Whoever knows more addresses than the city's content. Never fails: finds nothing instead. */
export interface Geocoder {
  find(text: string): Promise<PlaceSuggestion[]>;
}

/** Where things are in a city. */
export interface Places {
  /** Places that a sentence names, best first; empty when it names none. */
  find(text: string): Promise<PlaceSuggestion[]>;
  /** What somebody may mean who is still typing a place, best first. */
  suggest(typed: string): Promise<PlaceSuggestion[]>;
  whereIs(point: Point): Whereabouts;
  /** Null for a colonia the city no longer has. */
  coloniaName(id: string): string | null;
}

export interface PlacesOptions {
  geocoder?: Geocoder;
}

/** Knows the places of a city's content, and those of `geocoder` if there is one. */
export function createPlaces(city: Pick<City, 'places' | 'utterances'>, _options: PlacesOptions = {}): Places {
  const gazetteer = gazetteerOf(city);
  const names = indexNames(gazetteer, ordinaryWords(city.utterances));
  const coloniaNames = new Map(gazetteer.colonias.map(({ id, name }) => [id, name]));
  return {
    find: async (text) => toSuggestions(gazetteer, readPlaces(wordsOf(text), names)),
    suggest: async () => [],
    whereIs: (point) => whereIs(gazetteer, point),
    coloniaName: (id) => coloniaNames.get(id) ?? null,
  };
}

/** All words that residents use in what the bot learns from: none of them is a misspelt name. */
function ordinaryWords(utterances: City['utterances']): Set<string> {
  return new Set(
    Object.values(utterances).flatMap((texts) => texts.flatMap((text) => wordsOf(text).map(({ plain }) => plain))),
  );
}
