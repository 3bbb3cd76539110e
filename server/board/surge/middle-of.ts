import type { Colonia, Position } from '../../contract/city-places.ts';
import type { Point } from '../../contract/place.ts';

/** Somewhere in the middle of a colonia: the mean of its outline's corners is near enough to say who is whose neighbour. */
export function middleOf(geometry: NonNullable<Colonia['geometry']>): Point {
  const corners = cornersOf(geometry);
  const mean = (pick: (corner: Position) => number) => corners.reduce((sum, at) => sum + pick(at), 0) / corners.length;
  return { latitude: mean(([, latitude]) => latitude), longitude: mean(([longitude]) => longitude) };
}

function cornersOf(geometry: NonNullable<Colonia['geometry']>): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'Polygon':
      return geometry.coordinates[0] ?? [];
    case 'MultiPolygon':
      return geometry.coordinates.flatMap(([outline = []]) => outline);
  }
}
