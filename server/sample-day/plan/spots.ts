import type { City } from '../../contract/city.ts';
import type { Position } from '../../contract/city-places.ts';
import type { Place } from '../../contract/place.ts';
import type { Chance } from '../chance.ts';

/** Where something is that somebody reports. */
export interface Spot {
  coloniaId: string;
  point: { latitude: number; longitude: number };
  /** As they say it. */
  words: string;
  place: Place;
}

/** Colonias where water runs together when it rains; chosen anew each day. */
export function lowLying(city: City, chance: Chance): string[] {
  const all = city.places.colonias.features.map(({ properties }) => properties.id);
  return Array.from({ length: 5 }, () => chance.pick(all));
}

/** @param within ids of colonias; null: anywhere */
export function aSpot(city: City, chance: Chance, within: readonly string[] | null): Spot {
  const { colonias, streets } = city.places;
  const among = within
    ? colonias.features.filter(({ properties }) => within.includes(properties.id))
    : colonias.features;
  const { geometry, properties } = chance.pick(among.length > 0 ? among : colonias.features);
  const [longitude, latitude] = geometry ? middle(geometry as never, chance) : [-96.14, 19.19];
  const street = chance.pick(streets.features).properties;
  const number = 10 + Math.floor(chance.next() * 600);
  const address = `${street.kind} ${street.name} ${number}`;
  const point = { latitude, longitude };
  return {
    coloniaId: properties.id,
    point,
    words: `${street.kind} ${street.name.toLowerCase()} ${number}, colonia ${properties.name}`,
    place: { point, address, coloniaId: properties.id, reference: null },
  };
}

/** Somewhere near the middle of an area, so that neighbours do not stand on one spot. */
function middle(geometry: { type: string; coordinates: unknown }, chance: Chance): Position {
  const positions: Position[] = [];
  const collect = (value: unknown): void => {
    if (!Array.isArray(value)) return;
    if (typeof value[0] === 'number') positions.push(value as Position);
    else for (const inner of value) collect(inner);
  };
  collect(geometry.coordinates);
  const mean = (index: 0 | 1) => positions.reduce((sum, position) => sum + position[index], 0) / positions.length;
  const here: Position = [mean(0), mean(1)];
  const corner = chance.pick(positions);
  const share = chance.next() * 0.5;
  const towards = (index: 0 | 1) => Number((here[index] + (corner[index] - here[index]) * share).toFixed(6));
  return [towards(0), towards(1)];
}
