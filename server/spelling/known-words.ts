import type { City } from '../contract/city.ts';

/** Names that a sentence about the city is full of, and no dictionary has. */
export function knownWords(city: City, people: readonly string[]): string[] {
  const { places } = city;
  const named = [places.colonias, places.streets, places.landmarks].flatMap(({ features }) =>
    features.map(({ properties }) => properties.name),
  );
  const titles = [...city.services, ...city.topics, ...city.actions].map(({ title }) => title);
  const texts = [city.name, city.contactName, ...named, ...titles, ...Object.values(city.departments), ...people];
  return [...new Set(texts.flatMap(wordsIn))].sort();
}

const wordsIn = (text: string): string[] => text.normalize('NFC').match(/\p{L}[\p{L}\p{M}'’]+/gu) ?? [];
