import { metresBetween } from '../../cases/find-duplicates.ts';
import type { CityPlaces } from '../../contract/city-places.ts';
import type { Point } from '../../contract/place.ts';
import { cornersOf, middleOf, pointOf } from '../../places/geometry.ts';

/** A colonia, or one with those around it; no colonias: the whole city. */
export interface Zone {
  id: string;
  coloniaIds: readonly string[];
}

export const wholeCity: Zone = { id: '*', coloniaIds: [] };

/** As far as what breaks in one street is felt. */
const AROUND_METRES = 1_300;

/** Every colonia by itself, every colonia with its neighbours, and the city. */
export function zonesOf(colonias: CityPlaces['colonias']): Zone[] {
  const known = colonias.features.map(({ properties, geometry }) => ({
    id: properties.id,
    middle: geometry
      ? pointOf(middleOf(geometry.type === 'Point' ? [geometry.coordinates] : cornersOf(geometry)))
      : null,
  }));
  const near = (one: Point, other: Point | null) => other !== null && metresBetween(one, other) <= AROUND_METRES;
  return [
    ...known.map(({ id }) => ({ id, coloniaIds: [id] })),
    ...known.flatMap(({ id, middle }) => {
      if (!middle) return [];
      const coloniaIds = known.filter((other) => near(middle, other.middle)).map((other) => other.id);
      return coloniaIds.length > 1 ? [{ id: `${id}+`, coloniaIds }] : [];
    }),
    wholeCity,
  ];
}
