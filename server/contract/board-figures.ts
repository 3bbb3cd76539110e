import type { BoardCell, QueueLimits, Tally, WatchedFigure } from './board.ts';

/** What the board makes of its counts: one rule for the server's alerts and the screen's numbers. */

export const noTally: Tally = { answered: 0, inTime: 0, abandoned: 0, abandonedLate: 0, waitingLate: 0 };

export const addTallies = (one: Tally, other: Tally): Tally => ({
  answered: one.answered + other.answered,
  inTime: one.inTime + other.inTime,
  abandoned: one.abandoned + other.abandoned,
  abandonedLate: one.abandonedLate + other.abandonedLate,
  waitingLate: one.waitingLate + other.waitingLate,
});

/** Several cells as one. */
export interface CellSum {
  waiting: number;
  oldestSince: string | null;
  inConversation: number;
  recent: Tally;
  today: Tally;
}

export function sumCells(cells: readonly BoardCell[]): CellSum {
  return cells.reduce<CellSum>(
    (sum, cell) => ({
      waiting: sum.waiting + cell.waiting,
      oldestSince: older(sum.oldestSince, cell.oldestSince),
      inConversation: sum.inConversation + cell.inConversation,
      recent: addTallies(sum.recent, cell.recent),
      today: addTallies(sum.today, cell.today),
    }),
    { waiting: 0, oldestSince: null, inConversation: 0, recent: noTally, today: noTally },
  );
}

const older = (one: string | null, other: string | null): string | null =>
  one === null || (other !== null && other < one) ? other : one;

/**
 * Answered within the queue's seconds, of all that were answered, left after those seconds, or still wait past them.
 * @returns null while there is nobody to count
 */
export function serviceLevel(tally: Tally): number | null {
  const counted = promised(tally);
  return counted === 0 ? null : tally.inTime / counted;
}

const promised = (tally: Tally): number => tally.answered + tally.abandonedLate + tally.waitingLate;

/** Of those who were answered or left, the share that left. */
export function abandonment(tally: Tally): number | null {
  const counted = tally.answered + tally.abandoned;
  return counted === 0 ? null : tally.abandoned / counted;
}

/** A share of few says little: below so many contacts in the half hour nobody is alarmed by it. */
const FEWEST = 5;

/** A figure as limits judge it; null where there is nothing to judge. */
export function watchedValue(figure: WatchedFigure, sum: CellSum, now: number): number | null {
  switch (figure) {
    case 'waiting':
      return sum.waiting;
    case 'longestWait':
      return sum.oldestSince === null ? null : Math.max(0, Math.floor((now - Date.parse(sum.oldestSince)) / 1_000));
    case 'serviceLevel':
      return promised(sum.recent) < FEWEST ? null : serviceLevel(sum.recent);
    case 'abandonment':
      return sum.recent.answered + sum.recent.abandoned < FEWEST ? null : abandonment(sum.recent);
  }
}

export type Severity = 'calm' | 'warning' | 'alarm';

/** A service level is bad below its limits, everything else from them on. */
export function judge(figure: WatchedFigure, value: number | null, limits: QueueLimits): Severity {
  const limit = limits[figure];
  if (!limit || value === null) return 'calm';
  const reached = (bound: number) => (figure === 'serviceLevel' ? value < bound : value >= bound);
  if (reached(limit.alarm)) return 'alarm';
  return reached(limit.warning) ? 'warning' : 'calm';
}
