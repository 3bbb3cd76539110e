import { sql } from 'kysely';
import { isPublicHoliday } from '../../city/public-holidays.ts';
import { addSeconds } from '../../clock.ts';
import type { City } from '../../contract/city.ts';
import type { Db } from '../../database/database.ts';
import { type DayOfHistory, SLOTS } from './forecast-volume.ts';

export interface Asked {
  from: Date;
  to: Date;
  queue: string | undefined;
  channel: string | undefined;
  /** The reader has the grant for what is protected. */
  protectedToo: boolean;
}

/** The bot hands over within the day; where a contact began is what there is an index of. */
const entered = ({ from, to, queue, channel, protectedToo }: Asked) => sql`
  began_at >= ${addSeconds(from, -2 * 86_400)} and began_at < ${to} and queued_at >= ${from} and queued_at < ${to} and outcome <> 'outbound' and (${protectedToo} or not protected)
    and (${queue ?? null}::text is null or queue_id = ${queue ?? ''})
    and (${channel ?? null}::text is null or channel = ${channel ?? ''})`;

/**
 * What came into queues, by day and half hour, from the first day with anything on: days before a city began say
 * nothing, days without a contact say that there was none.
 */
export async function loadHistory(db: Db, city: City, asked: Asked): Promise<DayOfHistory[]> {
  const { rows } = await sql<{ date: string; slot: number; count: number }>`
    select to_char(l.at, 'YYYY-MM-DD') as date, (extract(hour from l.at) * 2 + floor(extract(minute from l.at) / 30))::int as slot,
      count(*) as count
    from contact_fact, lateral (select queued_at at time zone ${city.timeZone} as at) l
    where ${entered(asked)}
    group by 1, 2`.execute(db);
  const days = new Map<string, number[]>();
  const first = rows.reduce<string | null>((least, { date }) => (least === null || date < least ? date : least), null);
  if (first === null) return [];
  for (let at = Date.parse(`${first}T12:00:00Z`); at < asked.to.getTime(); at += 86_400_000) {
    days.set(new Date(at).toISOString().slice(0, 10), new Array<number>(SLOTS).fill(0));
  }
  for (const { date, slot, count } of rows) {
    const slots = days.get(date);
    if (slots) slots[slot] = count;
  }
  return [...days].map(([date, slots]) => ({ date, slots, holiday: isPublicHoliday(date, city) }));
}

/** Nothing was measured yet: a contact takes five minutes, and people wait for three. */
const USUAL = { handleSeconds: 300, patienceSeconds: 180 };

/** How long contacts take, and how long people wait before they give up. */
export async function loadPace(db: Db, asked: Asked): Promise<{ handleSeconds: number; patienceSeconds: number }> {
  const { rows } = await sql<{ handled: number; handling: number; gaveUp: number; waited: number }>`
    select count(*) filter (where outcome = 'answered' and closed_at is not null) as handled,
      coalesce(sum(active_seconds + hold_seconds + wrap_seconds + wrap_beside_seconds)
        filter (where outcome = 'answered' and closed_at is not null), 0) as handling,
      count(*) filter (where outcome in ('abandoned', 'short_abandoned')) as "gaveUp",
      coalesce(sum(waited_seconds) filter (where outcome in ('answered', 'abandoned', 'short_abandoned')), 0) as waited
    from contact_fact where ${entered(asked)}`.execute(db);
  const { handled = 0, handling = 0, gaveUp = 0, waited = 0 } = rows[0] ?? {};
  return {
    handleSeconds: handled > 0 ? Math.max(1, Math.round(handling / handled)) : USUAL.handleSeconds,
    // Those who were answered would have waited longer: all the waiting there was, by how often it ended so.
    patienceSeconds: gaveUp > 0 ? Math.max(1, Math.round(waited / gaveUp)) : USUAL.patienceSeconds,
  };
}
