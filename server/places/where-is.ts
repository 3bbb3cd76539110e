import type { Point, Whereabouts } from '../contract/place.ts';
import type { Gazetteer, KnownColonia } from './gazetteer.ts';
import { distance, distanceToLine, holds, type Metres, positionOf } from './geometry.ts';

/** How far a street, corner or landmark may be to be named, in metres. */
const NEAR = 150;
/** Two streets this near are a corner. */
const AT_CORNER = 35;
/** How far a colonia reaches of which only the middle is known, in metres. */
const REACH = 500;

/**
 * What lies at a point. The border belongs to the municipality. Off the coast the point is outside, however near,
 * and yet told what is near: a pin set a little into the water is refused with the name of the shore beside it.
 */
export function whereIs(gazetteer: Gazetteer, point: Point): Whereabouts {
  const position = positionOf(point);
  const colonia = coloniaAt(gazetteer, point);
  return {
    inside: holds(gazetteer.boundary, position),
    coloniaId: colonia?.id ?? null,
    colonia: colonia?.name ?? null,
    near: nearTo(gazetteer, gazetteer.plane.toMetres(position)),
  };
}

/** The colonia whose area holds the point, else the nearest of those known by their middle. */
export function coloniaAt({ colonias, plane }: Gazetteer, point: Point): KnownColonia | null {
  const position = positionOf(point);
  const around = colonias.find(({ area }) => area && holds(area, position));
  if (around) return around;
  const here = plane.toMetres(position);
  const near = colonias
    .flatMap((colonia) =>
      colonia.centre && !colonia.area ? { colonia, far: distance(here, plane.toMetres(colonia.centre)) } : [],
    )
    .filter(({ far }) => far <= REACH)
    .sort((a, b) => a.far - b.far);
  return near[0]?.colonia ?? null;
}

function nearTo({ streets, landmarks, plane }: Gazetteer, here: Metres): string | null {
  const near = streets
    .map((street) => ({ street, far: Math.min(...street.lines.map((line) => distanceToLine(here, line))) }))
    .filter(({ far }) => far <= NEAR)
    .sort((a, b) => a.far - b.far);
  const [first, second] = near;
  const landmark = landmarks
    .map(({ name, at }) => ({ name, far: distance(here, plane.toMetres(at)) }))
    .filter(({ far }) => far <= Math.min(NEAR, first ? Math.max(first.far, AT_CORNER) : NEAR))
    .sort((a, b) => a.far - b.far)[0];
  if (landmark) return landmark.name;
  if (first && second && second.far <= AT_CORNER) return `${first.street.name} y ${second.street.name}`;
  return first?.street.title ?? null;
}
