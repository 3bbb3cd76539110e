import { type RawBuilder, sql } from 'kysely';
import type { Measured, ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import type { Counting } from './counted-contacts.ts';
import type { Instants } from './report-period.ts';

/** How long people were there and busy, by group; null where people are not parted so, or not by what is asked. */
export async function countPeople(
  db: Db,
  by: ReportGrouping,
  { filter: { operator, ...others }, ...counting }: Counting,
): Promise<Map<string, Measured> | null> {
  if (!isGroup(by) || Object.values(others).some((value) => value !== undefined)) return null;
  return countPresence(db, by, { ...counting, operator });
}

const groups = ['none', 'hour', 'day', 'operator', 'slot'] as const;
/** slot: the half hours of a day. */
type Group = (typeof groups)[number];
const isGroup = (by: string): by is Group => groups.some((group) => group === by);

interface Presences extends Instants {
  now: Date;
  timeZone: string;
  operator: string | undefined;
}

/**
 * How long people were available, and how long of that they had a contact in their hands, in whole seconds by group.
 */
export async function countPresence(
  db: Db,
  by: Group,
  { from, to, now, timeZone, operator }: Presences,
): Promise<Map<string, Measured>> {
  const end = now < to ? now : to;
  if (end <= from) return new Map();
  const { rows } = await sql<{ key: string; staffed: number; busy: number }>`
    with lines as (
      select operator_id, status, at, lead(at, 1, ${end}::timestamptz) over (partition by operator_id order by id) as until
      from presence_event e
      where at < ${end} and (${operator ?? null}::text is null or operator_id = ${operator ?? ''})
        and at >= coalesce(
          (select max(b.at) from presence_event b where b.operator_id = e.operator_id and b.at <= ${from}), ${from})
    ), there as (
      select operator_id, range_agg(tstzrange(greatest(at, ${from}), least(until, ${end}))) as spans
      from lines
      where status = 'available' and greatest(at, ${from}) < least(until, ${end})
      group by operator_id
    ), hands as (
      select operator_id, range_agg(tstzrange(began_at, greatest(began_at, coalesce(ended_at, ${end})))) as spans
      from contact_stretch where began_at < ${end} and (ended_at is null or ended_at > ${from})
      group by operator_id
    ), timed as (
      select t.operator_id, unnest(t.spans) as span, false as busy from there t
      union all
      select t.operator_id, unnest(t.spans * h.spans), true from there t join hands h on h.operator_id = t.operator_id
    ), parted as (
      select operator_id, busy, h as slot, span * tstzrange(h, h + interval '30 minutes') as part
      from timed, generate_series(date_trunc('hour', lower(span), ${timeZone}), upper(span), interval '30 minutes') h
    ), rounded as (
      -- Rounded where nothing is parted further, so that whatever is summed of it adds up.
      select operator_id, slot, busy, round(extract(epoch from sum(upper(part) - lower(part))))::bigint as seconds
      from parted where not isempty(part) group by 1, 2, 3
    )
    select ${keyOf(by, timeZone)} as key, coalesce(sum(seconds) filter (where not busy), 0) as staffed,
      coalesce(sum(seconds) filter (where busy), 0) as busy
    from rounded group by 1`.execute(db);
  return new Map(
    rows.map(({ key, staffed, busy }) => [key, { staffedSeconds: Number(staffed), busySeconds: Number(busy) }]),
  );
}

function keyOf(by: Group, timeZone: string): RawBuilder<string> {
  switch (by) {
    case 'none':
      return sql`''`;
    case 'operator':
      return sql`operator_id`;
    case 'day':
      return sql`to_char(slot at time zone ${timeZone}, 'YYYY-MM-DD')`;
    case 'hour':
      return sql`to_char(slot at time zone ${timeZone}, 'HH24')`;
    case 'slot':
      return sql`to_char(slot at time zone ${timeZone}, 'HH24:MI')`;
  }
}
