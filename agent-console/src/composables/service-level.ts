import type { TicketSummary } from '../../../server/contract/http.ts';

type Promised = Pick<TicketSummary, 'serviceLevelSeconds' | 'serviceLevelDueAt' | 'acceptedAt' | 'waitingSince'>;

/**
 * How much of the time in which somebody is to answer has run: 0 as long as all of it is left, which outside hours it
 * is; above 1 when it has passed. Null where nothing was promised. The promise is about the first answer; whoever came
 * back into the queue is measured from then, by the clock on the wall.
 */
export function promiseShare(ticket: Promised, now: number): number | null {
  const { serviceLevelSeconds: seconds, serviceLevelDueAt: dueAt, acceptedAt, waitingSince } = ticket;
  if (!seconds) return null;
  if (acceptedAt) return waitingSince ? (now - Date.parse(waitingSince)) / (seconds * 1_000) : null;
  return dueAt ? Math.max(0, 1 - (Date.parse(dueAt) - now) / (seconds * 1_000)) : null;
}
