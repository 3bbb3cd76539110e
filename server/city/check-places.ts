import type { City } from '../contract/city.ts';
import type { Area, Position } from '../contract/city-places.ts';
import { cornersOf, holds, middleOf } from '../places/geometry.ts';
import type { CityProblem } from './city-error.ts';

/** What no shape can tell of `places/`: rings that are open, ids given twice, and what lies outside the municipality. */
export function checkPlaces({ places }: Pick<City, 'places'>): CityProblem[] {
  const boundary = places.boundary.features[0]?.geometry;
  if (!boundary) return [];
  return [
    ...openRings('boundary', 0, boundary),
    ...colonias(places.colonias, boundary),
    ...places.streets.features.flatMap(({ properties: { name }, geometry }, i) => {
      const positions = geometry.type === 'LineString' ? geometry.coordinates : geometry.coordinates.flat();
      return positions.some((position) => holds(boundary, position)) ? [] : outside('streets', i, name);
    }),
    ...places.landmarks.features.flatMap(({ properties: { name }, geometry }, i) =>
      holds(boundary, geometry.coordinates) ? [] : outside('landmarks', i, name),
    ),
  ];
}

function colonias({ features }: City['places']['colonias'], boundary: Area): CityProblem[] {
  const ids = features.map(({ properties }) => properties.id);
  return features.flatMap(({ properties: { id, name }, geometry }, i) => [
    ...(ids.indexOf(id) === i ? [] : [problem('colonias', i, 'properties.id', `«${id}» is given twice`)]),
    ...(geometry && geometry.type !== 'Point' ? openRings('colonias', i, geometry) : []),
    ...(geometry && !holds(boundary, middle(geometry)) ? outside('colonias', i, name) : []),
  ]);
}

function middle(geometry: Area | { type: 'Point'; coordinates: Position }): Position {
  return geometry.type === 'Point' ? geometry.coordinates : middleOf(cornersOf(geometry));
}

/** A ring ends where it begins (RFC 7946, 3.1.6). */
function openRings(file: string, feature: number, area: Area): CityProblem[] {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.flatMap((rings, polygon) =>
    rings.flatMap((ring, i) => {
      const [first, last] = [ring.at(0), ring.at(-1)];
      if (first?.[0] === last?.[0] && first?.[1] === last?.[1]) return [];
      const path = area.type === 'Polygon' ? `[${i}]` : `[${polygon}][${i}]`;
      return problem(file, feature, `geometry.coordinates${path}`, 'the ring must end where it begins');
    }),
  );
}

function outside(file: string, feature: number, name: string): CityProblem[] {
  return [problem(file, feature, 'geometry', `«${name}» lies outside the boundary`)];
}

function problem(file: string, feature: number, key: string, message: string): CityProblem {
  return { file: `places/${file}.geojson`, key: `features[${feature}].${key}`, message };
}
