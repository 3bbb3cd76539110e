import type { City } from '../contract/city.ts';
import type { MapBounds } from '../contract/place.ts';
import { boundsOf, cornersOf, pointOf } from './geometry.ts';

/** The box around the municipality. */
export function cityBounds({ places }: Pick<City, 'places'>): MapBounds {
  const [west, south, east, north] = boundsOf(places.boundary.features.flatMap(({ geometry }) => cornersOf(geometry)));
  return { southWest: pointOf([west, south]), northEast: pointOf([east, north]) };
}
