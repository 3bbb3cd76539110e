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

/** Somewhere in the middle of each colonia that is drawn. */
export function middlesOf(colonias: CityPlaces['colonias']): Map<string, Point> {
  return new Map(
    colonias.features.flatMap(({ properties, geometry }) => {
      if (!geometry) return [];
      const corners = geometry.type === 'Point' ? [geometry.coordinates] : cornersOf(geometry);
      return [[properties.id, pointOf(middleOf(corners))] as const];
    }),
  );
}

/** Every colonia by itself, every colonia with its neighbours, and the city. */
export function zonesOf(colonias: CityPlaces['colonias']): Zone[] {
  const ids = colonias.features.map(({ properties }) => properties.id);
  const middles = [...middlesOf(colonias)];
  return [
    ...ids.map((id) => ({ id, coloniaIds: [id] })),
    ...middles.flatMap(([id, middle]) => {
      const coloniaIds = middles
        .filter(([, other]) => metresBetween(middle, other) <= AROUND_METRES)
        .map(([own]) => own);
      return coloniaIds.length > 1 ? [{ id: `${id}+`, coloniaIds }] : [];
    }),
    wholeCity,
  ];
}
