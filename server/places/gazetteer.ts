import type { City } from '../contract/city.ts';
import type { Area, Position } from '../contract/city-places.ts';
import { cornersOf, type Metres, middleOf, type Plane, planeAround } from './geometry.ts';

interface Named {
  name: string;
  aliases: readonly string[];
  /** The name means something else as well in everyday talk. */
  ambiguous: boolean;
}

export interface KnownColonia extends Named {
  kind: 'colonia';
  id: string;
  /** Null: known by name alone. */
  centre: Position | null;
  area: Area | null;
}

export interface KnownStreet extends Named {
  kind: 'street';
  /** As it is shown: «Av. Independencia», «Xalapa». */
  title: string;
  lines: readonly (readonly Metres[])[];
}

export interface KnownLandmark extends Named {
  kind: 'landmark';
  at: Position;
}

export type KnownPlace = KnownColonia | KnownStreet | KnownLandmark;

/** A city's places as they are reckoned with. */
export interface Gazetteer {
  plane: Plane;
  boundary: Area;
  colonias: readonly KnownColonia[];
  streets: readonly KnownStreet[];
  landmarks: readonly KnownLandmark[];
}

const titles: Record<string, string> = {
  avenida: 'Av. ',
  boulevard: 'Blvd. ',
  calzada: 'Calz. ',
  carretera: 'Carretera ',
  callejón: 'Callejón ',
  andador: 'Andador ',
  calle: '',
};

export function gazetteerOf({ places }: Pick<City, 'places'>): Gazetteer {
  const boundary = places.boundary.features[0]?.geometry;
  if (!boundary) throw new Error('A city has one boundary');
  const plane = planeAround(middleOf(cornersOf(boundary)));
  return {
    plane,
    boundary,
    colonias: places.colonias.features.map(({ properties, geometry }) => ({
      ...properties,
      kind: 'colonia',
      area: geometry && geometry.type !== 'Point' ? geometry : null,
      centre: geometry && (geometry.type === 'Point' ? geometry.coordinates : middleOf(cornersOf(geometry))),
    })),
    streets: places.streets.features.map(({ properties, geometry }) => ({
      ...properties,
      kind: 'street',
      title: `${titles[properties.kind] ?? ''}${properties.name}`,
      lines: (geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates).map((line) =>
        line.map(plane.toMetres),
      ),
    })),
    landmarks: places.landmarks.features.map(({ properties, geometry }) => ({
      ...properties,
      kind: 'landmark',
      at: geometry.coordinates,
    })),
  };
}
