import type { City } from '../contract/city.ts';
import type { MapBounds } from '../contract/place.ts';
import { boundsOf, cornersOf, pointOf } from './geometry.ts';

/** With fewer landmarks than this they do not tell where the town is. */
const TELLING = 5;

/** The box around the municipality. */
export function cityBounds({ places }: Pick<City, 'places'>): MapBounds {
  return boxOf(boundsOf(places.boundary.features.flatMap(({ geometry }) => cornersOf(geometry))));
}

/** What a map shows first: the town, where its landmarks are, and not all the fields that belong to it. */
export function firstView(city: Pick<City, 'places'>): MapBounds {
  const landmarks = city.places.landmarks.features.map(({ geometry }) => geometry.coordinates);
  return landmarks.length < TELLING ? cityBounds(city) : boxOf(boundsOf(landmarks));
}

function boxOf([west, south, east, north]: [number, number, number, number]): MapBounds {
  return { southWest: pointOf([west, south]), northEast: pointOf([east, north]) };
}
