import { sql } from 'kysely';
import { addSeconds } from '../../clock.ts';
import type { Tally } from '../../contract/board.ts';
import type { ChannelName } from '../../contract/channel.ts';
import type { Db } from '../../database/database.ts';

/** How far back «now» reaches where a single moment would say nothing. */
export const RECENT_SECONDS = 30 * 60;

/** Of protected contacts apart: they are shown only to people with the grant. */
interface Place {
  queue_id: string;
  channel: ChannelName;
  protected: boolean;
}

export interface NowRow extends Place, Tally {
  waiting: number;
  oldest_since: Date | null;
  in_conversation: number;
}

/**
 * Who waits and who is talked to at this moment, from the contacts themselves, and what became of those whose wait
 * ended in the last half hour, from their facts. One query; what it reads is open or of the last half hour.
 */
export async function countNow(db: Db, now: Date): Promise<NowRow[]> {
  const since = addSeconds(now, -RECENT_SECONDS);
  const { rows } = await sql<NowRow>`
    with part as (
      select queue_id, channel, protected, state <> 'assigned' as waits, waiting_since, 'ticket' as source,
        0 as answered, 0 as "inTime", 0 as abandoned, 0 as "abandonedLate", 0 as "waitingLate"
      from ticket where state in ('waiting', 'offered', 'assigned')
      union all
      select queue_id, channel, protected, false, null, 'answered',
        1, (waited_seconds <= level_seconds)::int, 0, 0, 0
      from contact_fact where answered_at > ${since} and outcome = 'answered'
      union all
      select queue_id, channel, protected, false, null, 'abandoned',
        0, 0, 1, (waited_seconds > level_seconds)::int, 0
      from contact_fact where abandoned_at > ${since} and outcome = 'abandoned'
      union all
      select queue_id, channel, protected, false, null, 'late', 0, 0, 0, 0, 1
      from contact_fact where outcome = 'waiting' and late_at <= ${now}
    )
    select queue_id, channel, protected,
      count(*) filter (where waits)::int as waiting,
      min(waiting_since) filter (where waits) as oldest_since,
      count(*) filter (where source = 'ticket' and not waits)::int as in_conversation,
      sum(answered)::int as answered, coalesce(sum("inTime"), 0)::int as "inTime",
      sum(abandoned)::int as abandoned, coalesce(sum("abandonedLate"), 0)::int as "abandonedLate",
      sum("waitingLate")::int as "waitingLate"
    from part where queue_id is not null group by queue_id, channel, protected`.execute(db);
  return rows;
}

export type TodayRow = Place & Tally;

/** What became of contacts that began since midnight. */
export async function countToday(db: Db, midnight: Date, now: Date): Promise<TodayRow[]> {
  const { rows } = await sql<TodayRow>`
    select queue_id, channel, protected,
      count(*) filter (where outcome = 'answered')::int as answered,
      count(*) filter (where outcome = 'answered' and waited_seconds <= level_seconds)::int as "inTime",
      count(*) filter (where outcome = 'abandoned')::int as abandoned,
      count(*) filter (where outcome = 'abandoned' and waited_seconds > level_seconds)::int as "abandonedLate",
      count(*) filter (where outcome = 'waiting' and late_at <= ${now})::int as "waitingLate"
    from contact_fact where began_at >= ${midnight} and queue_id is not null
    group by queue_id, channel, protected`.execute(db);
  return rows;
}
