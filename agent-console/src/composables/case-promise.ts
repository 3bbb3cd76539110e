import type { CaseSummary } from '../../../server/contract/case.ts';
import { isCaseOpen } from '../../../server/contract/case-status.ts';

const DAY = 86_400_000;
const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);

/** Whole days from one local date to another; negative when it has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((noon(to) - noon(from)) / DAY);
}

export interface PromiseState {
  /** kept: closed in time · broken: closed after it · late: open past it · today, soon (two days), ahead: open, with time left */
  state: 'kept' | 'broken' | 'late' | 'today' | 'soon' | 'ahead';
  /** Days left until its last day, or days past it; calendar days, as people count them. */
  days: number;
  /** How much of the time is used up, 0 to 1. */
  share: number;
}

/** How a case stands by its promise. `dateOf` gives the city's local date of a moment. */
export function promiseOf(
  { openedAt, promisedFor, closedAt, status }: Pick<CaseSummary, 'openedAt' | 'promisedFor' | 'closedAt' | 'status'>,
  now: number,
  dateOf: (at: string | number) => string,
): PromiseState {
  const open = isCaseOpen(status);
  const at = dateOf(!open && closedAt ? closedAt : now);
  const left = daysBetween(at, promisedFor);
  const whole = Math.max(1, daysBetween(dateOf(openedAt), promisedFor) + 1);
  const share = Math.min(1, Math.max(0, 1 - (left + 1) / whole));
  const days = Math.abs(left);
  if (!open) return { state: left < 0 ? 'broken' : 'kept', days, share: 1 };
  if (left < 0) return { state: 'late', days, share: 1 };
  if (left === 0) return { state: 'today', days, share: Math.max(share, 0.9) };
  return { state: left <= 2 ? 'soon' : 'ahead', days, share };
}
