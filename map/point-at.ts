import type { Point } from '../server/contract/place.ts';

/** To about a decimetre: more digits say nothing. */
export function pointAt(latitude: number, longitude: number): Point {
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) };
}
