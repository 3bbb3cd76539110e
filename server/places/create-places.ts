import type { City } from '../contract/city.ts';
import type { PlaceSuggestion, Point, Whereabouts } from '../contract/place.ts';
import { gazetteerOf } from './gazetteer.ts';
import type { Geocoder } from './geocoder.ts';
import { indexNames } from './names.ts';
import { readPlaces } from './read-places.ts';
import { createSuggest } from './suggest.ts';
import { toSuggestions } from './to-suggestions.ts';
import { whereIs } from './where-is.ts';
import { wordsOf } from './words.ts';

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

/** Knows the places of a city's content; `geocoder` adds the point of an address. */
export function createPlaces(
  city: Pick<City, 'name' | 'places' | 'utterances'>,
  { geocoder }: PlacesOptions = {},
): Places {
  const gazetteer = gazetteerOf(city);
  const names = indexNames(gazetteer, ordinaryWords(city.utterances));
  const coloniaNames = new Map(gazetteer.colonias.map(({ id, name }) => [id, name]));

  function read(text: string): PlaceSuggestion[] {
    const words = wordsOf(text);
    return toSuggestions(gazetteer, words, readPlaces(words, names));
  }

  const suggest = createSuggest(gazetteer, read);

  /** Only the address is asked for, never the sentence it was said in. */
  async function withPoint(suggestion: PlaceSuggestion): Promise<PlaceSuggestion> {
    const { kind, label, place } = suggestion;
    if (!geocoder || kind !== 'address' || place.point) return suggestion;
    const point = await geocoder.locate(`${label}, ${city.name}`);
    const where = point && whereIs(gazetteer, point);
    if (!where?.inside) return suggestion;
    return { ...suggestion, place: { ...place, point, coloniaId: place.coloniaId ?? where.coloniaId } };
  }

  return {
    async find(text) {
      const [first, ...others] = read(text);
      return first ? [await withPoint(first), ...others] : [];
    },
    suggest: async (typed) => suggest(typed),
    whereIs: (point) => whereIs(gazetteer, point),
    coloniaName: (id) => coloniaNames.get(id) ?? null,
  };
}

/** Who else wants to know the same city's places need not read all of it again. */
const ordinary = new WeakMap<City['utterances'], ReadonlySet<string>>();

/** All words that residents use in what the bot learns from: none of them is a misspelt name. */
function ordinaryWords(utterances: City['utterances']): ReadonlySet<string> {
  const known = ordinary.get(utterances);
  if (known) return known;
  const texts = Object.values(utterances).flat();
  const words = new Set(texts.flatMap((text) => wordsOf(text).map(({ plain }) => plain)));
  ordinary.set(utterances, words);
  return words;
}
