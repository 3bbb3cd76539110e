import { type Figure, type FigureId, figures } from './figures.ts';
import type { Shown } from './report-table.ts';

/** How far two numbers are apart, and whether that is good: the same on screens, in mails and on paper. */
export interface FigureChange {
  direction: 'up' | 'down' | 'same';
  tone: 'better' | 'worse' | 'neutral';
  /** Of shares: points between 0 and 100; of everything else, the share of what was before. */
  size: number;
  unit: 'points' | 'share';
}

/** @returns null where one is not known, or nothing was before */
export function changeOf(id: FigureId, now: Shown, before: Shown): FigureChange | null {
  if (now === null || before === null) return null;
  const { unit, good }: Figure = figures[id];
  const difference = now - before;
  const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : 'same';
  const tone =
    direction === 'same' || good === null ? 'neutral' : (direction === 'up') === (good === 'more') ? 'better' : 'worse';
  const size = Math.abs(difference);
  if (unit === 'share') return { direction, tone, size: size * 100, unit: 'points' };
  if (before === 0) return direction === 'same' ? { direction, tone, size: 0, unit: 'share' } : null;
  return { direction, tone, size: size / before, unit: 'share' };
}
