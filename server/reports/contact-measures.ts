import { type RawBuilder, sql } from 'kysely';
import type { contactMeasures } from '../contract/report-terms.ts';

type ContactMeasure = (typeof contactMeasures)[number];

/** Which contacts count (`f`: a fact, with `resolved`), and what of each; absent: each counts once. */
interface Counted {
  when: RawBuilder<boolean>;
  sum?: RawBuilder<number>;
}

const when = (condition: TemplateStringsArray): Counted => ({ when: sql(condition) });
const answered = sql<boolean>`f.outcome = 'answered' and f.queued_at is not null`;
const handled = sql<boolean>`f.outcome = 'answered' and f.closed_at is not null`;

/** The one place that says what each count is. Counting and drilling down both read it, so a number equals its rows. */
export const counted: Record<ContactMeasure, Counted> = {
  contacts: when`f.outcome <> 'outbound'`,
  outbound: when`f.outcome = 'outbound'`,
  withBot: when`f.with_bot`,
  contained: when`f.with_bot and f.outcome = 'contained'`,
  leftBot: when`f.outcome = 'left_bot'`,
  inBot: when`f.outcome = 'bot'`,
  queued: when`f.outcome <> 'outbound' and f.queued_at is not null`,
  answered: { when: answered },
  takenFromBot: when`f.outcome = 'answered' and f.queued_at is null`,
  waiting: when`f.outcome = 'waiting'`,
  abandoned: when`f.outcome = 'abandoned'`,
  shortAbandoned: when`f.outcome = 'short_abandoned'`,
  dismissed: when`f.outcome = 'dismissed'`,
  merged: when`f.outcome = 'merged'`,
  inTime: { when: sql`${answered} and f.waited_seconds <= f.level_seconds` },
  abandonedLate: when`f.outcome = 'abandoned' and f.waited_seconds > f.level_seconds`,
  waitingLate: when`f.outcome = 'waiting' and f.late_at < f.seen_at`,
  waitedSeconds: { when: answered, sum: sql`f.waited_seconds` },
  handled: { when: handled },
  activeSeconds: { when: handled, sum: sql`f.active_seconds` },
  holdSeconds: { when: handled, sum: sql`f.hold_seconds` },
  wrapSeconds: { when: handled, sum: sql`f.wrap_seconds + f.wrap_beside_seconds` },
  transferred: { when: sql`${handled} and f.transfers > 0` },
  rated: when`f.rating is not null`,
  satisfied: when`f.rating >= 4`,
  resolvable: { when: handled },
  resolved: { when: sql`${handled} and f.resolved` },
  botTurns: { when: sql`f.bot_turns > 0`, sum: sql`f.bot_turns` },
  botMissed: { when: sql`f.bot_missed > 0`, sum: sql`f.bot_missed` },
};
