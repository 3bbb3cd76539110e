import type { Whereabouts } from '../../../../server/contract/place.ts';
import type { SayMore } from './say-more.ts';

/** A point as people would name it: «Cerca de Xalapa y España, Zaragoza». */
export function placeWords(where: Whereabouts | null, say: SayMore): string {
  if (!where) return say('somewhere');
  const place = [where.near, where.colonia].filter(Boolean).join(', ');
  return where.near ? say('near', { place }) : place || say('somewhere');
}
