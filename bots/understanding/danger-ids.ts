import type { Desk } from '../../server/contract/bot.ts';

export type Danger = 'emergency' | 'violence';

const EMERGENCY = 'emergencia';

/** The id under which the catalogue holds a danger: violence is the one whose cases are protected. */
export function idOfDanger(danger: Danger, desk: Pick<Desk, 'catalogue'>): string {
  const violence = desk.catalogue('es').find((entry) => entry.protected)?.id;
  return danger === 'violence' && violence ? violence : EMERGENCY;
}

/** The danger that an id stands for, if any. */
export function dangerOf(id: string, desk: Pick<Desk, 'catalogue'>): Danger | null {
  if (id === EMERGENCY) return 'emergency';
  return desk.catalogue('es').some((entry) => entry.protected && entry.id === id) ? 'violence' : null;
}
