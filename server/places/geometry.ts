import { booleanPointInPolygon } from '@turf/boolean-point-in-polygon';
import type { Area, Position } from '../contract/city-places.ts';
import type { Point } from '../contract/place.ts';

/** Metres east and north of a city's centre. */
export type Metres = readonly [x: number, y: number];

const METRES_A_DEGREE = 111_195;

/** A flat map of one city. Over its width the Earth's curve stays below a metre in a thousand. */
export interface Plane {
  toMetres(position: Position): Metres;
  toPosition(metres: Metres): Position;
}

export function planeAround([longitude, latitude]: Position): Plane {
  const perDegreeEast = METRES_A_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return {
    toMetres: ([east, north]) => [(east - longitude) * perDegreeEast, (north - latitude) * METRES_A_DEGREE],
    toPosition: ([x, y]) => [longitude + x / perDegreeEast, latitude + y / METRES_A_DEGREE],
  };
}

export function positionOf({ longitude, latitude }: Point): Position {
  return [longitude, latitude];
}

/** Rounded to about a decimetre. */
export function pointOf([longitude, latitude]: Position): Point {
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) };
}

/** Whether the area holds the position; its border belongs to it. */
export function holds(area: Area, position: Position): boolean {
  return booleanPointInPolygon(position, area);
}

/** The middle of the box around some positions. */
export function middleOf(positions: readonly Position[]): Position {
  const [west, south, east, north] = boundsOf(positions);
  return [(west + east) / 2, (south + north) / 2];
}

/** West, south, east, north. */
export function boundsOf(positions: readonly Position[]): [number, number, number, number] {
  const longitudes = positions.map(([longitude]) => longitude);
  const latitudes = positions.map(([, latitude]) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}

/** All corners of an area, holes included. */
export function cornersOf(area: Area): Position[] {
  return area.type === 'Polygon' ? area.coordinates.flat() : area.coordinates.flat(2);
}

export function distance([ax, ay]: Metres, [bx, by]: Metres): number {
  return Math.hypot(ax - bx, ay - by);
}

/** From a place to the nearest point of a line, in metres. */
export function distanceToLine(from: Metres, line: readonly Metres[]): number {
  return Math.min(...segmentsOf(line).map(([a, b]) => distance(from, nearestOnSegment(from, a, b))));
}

/** Where two lines cross, or where the end of one comes within `reach` metres of the other; null when they do not. */
export function crossingOf(one: readonly Metres[], other: readonly Metres[], reach: number): Metres | null {
  for (const [a, b] of segmentsOf(one)) {
    for (const [c, d] of segmentsOf(other)) {
      const crossing = segmentsCrossing(a, b, c, d);
      if (crossing) return crossing;
    }
  }
  const ends = [...endsNear(one, other), ...endsNear(other, one)].sort((a, b) => a.far - b.far);
  return ends[0] && ends[0].far <= reach ? ends[0].at : null;
}

function segmentsOf(line: readonly Metres[]): [Metres, Metres][] {
  return line.slice(1).map((end, i) => [line[i] ?? end, end]);
}

function nearestOnSegment([px, py]: Metres, [ax, ay]: Metres, [bx, by]: Metres): Metres {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / length));
  return [ax + along * dx, ay + along * dy];
}

function segmentsCrossing([ax, ay]: Metres, [bx, by]: Metres, [cx, cy]: Metres, [dx, dy]: Metres): Metres | null {
  const turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
  if (turn === 0) return null;
  const along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn;
  const alongOther = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn;
  if (along < 0 || along > 1 || alongOther < 0 || alongOther > 1) return null;
  return [ax + along * (bx - ax), ay + along * (by - ay)];
}

function endsNear(line: readonly Metres[], other: readonly Metres[]): { at: Metres; far: number }[] {
  return [line.at(0), line.at(-1)]
    .filter((end) => end !== undefined)
    .map((at) => ({ at, far: distanceToLine(at, other) }));
}
