import type { MessagingStanding } from '../../../server/contract/messaging.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** From here on the time left is worth a look. */
const SOON = 2 * HOUR;

/** For how long anything may still be said. `always`: the channel sets no end. */
export type MessagingWindow =
  | { state: 'always' }
  | { state: 'open'; hours: number; minutes: number; soon: boolean }
  | { state: 'closed' };

/** The window of a conversation at `now`, in milliseconds since 1970. Time left is rounded down: it never promises. */
export function windowAt({ windowClosesAt }: Pick<MessagingStanding, 'windowClosesAt'>, now: number): MessagingWindow {
  if (windowClosesAt === null) return { state: 'always' };
  const left = Date.parse(windowClosesAt) - now;
  if (left <= 0) return { state: 'closed' };
  return {
    state: 'open',
    hours: Math.floor(left / HOUR),
    minutes: Math.floor((left % HOUR) / MINUTE),
    soon: left < SOON,
  };
}
