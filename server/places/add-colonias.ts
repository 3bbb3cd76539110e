import type { CityPlaces, Colonia } from '../contract/city-places.ts';
import type { Settlement } from './sepomex.ts';
import { plainOf, soundOf } from './words.ts';

export interface AddedColonias {
  /** All of them, in the order of their ids. */
  colonias: CityPlaces['colonias'];
  added: Colonia[];
}

/** Adds the settlements that a city does not know yet, by name alone: the postal service draws no areas. */
export function addColonias(known: CityPlaces['colonias'], settlements: readonly Settlement[]): AddedColonias {
  const names = new Set(
    known.features.flatMap(({ properties }) => [properties.name, ...properties.aliases].map(keyOf)),
  );
  const ids = new Set(known.features.map(({ properties }) => properties.id));
  const added: Colonia[] = [];
  for (const { name, postcode } of settlements) {
    if (names.has(keyOf(name))) continue;
    names.add(keyOf(name));
    const id = [idOf(name), `${idOf(name)}-${postcode}`].find((candidate) => candidate && !ids.has(candidate));
    if (!id) continue;
    ids.add(id);
    added.push({ type: 'Feature', properties: { id, name, aliases: [], ambiguous: false }, geometry: null });
  }
  const features = [...known.features, ...added].sort((a, b) => a.properties.id.localeCompare(b.properties.id, 'es'));
  return { colonias: { ...known, features }, added };
}

function keyOf(name: string): string {
  return plainOf(name).split(/\s+/).map(soundOf).join(' ');
}

function idOf(name: string): string {
  return plainOf(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 52);
}
