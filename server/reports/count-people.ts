import { type RawBuilder, sql } from 'kysely';
import type { Measured, ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import type { Counting } from './counted-contacts.ts';

/**
 * How long people were available, and how long of that they had a contact in their hands, in whole seconds by group;
 * none where people are not parted so.
 */
export async function countPeople(
  db: Db,
  by: ReportGrouping,
  counting: Counting,
): Promise<Map<string, Measured> | null> {
  const { from, to, now, timeZone, filter } = counting;
  const group = groupOf(by, timeZone);
  const { operator, ...others } = filter;
  if (!group || Object.values(others).some((value) => value !== undefined)) return null;
  const end = now < to ? now : to;
  if (end <= from) return null;
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
    ), hourly as (
      select operator_id, busy, h as hour, span * tstzrange(h, h + interval '1 hour') as part
      from timed, generate_series(date_trunc('hour', lower(span), ${timeZone}), upper(span), interval '1 hour') h
    ), rounded as (
      -- Rounded where nothing is parted further, so that whatever is summed of it adds up.
      select operator_id, hour, busy, round(extract(epoch from sum(upper(part) - lower(part))))::bigint as seconds
      from hourly where not isempty(part) group by 1, 2, 3
    )
    select ${group} as key, coalesce(sum(seconds) filter (where not busy), 0) as staffed,
      coalesce(sum(seconds) filter (where busy), 0) as busy
    from rounded group by 1`.execute(db);
  return new Map(
    rows.map(({ key, staffed, busy }) => [key, { staffedSeconds: Number(staffed), busySeconds: Number(busy) }]),
  );
}

function groupOf(by: ReportGrouping, timeZone: string): RawBuilder<string> | null {
  if (by === 'none') return sql`''`;
  if (by === 'hour') return sql`to_char(hour at time zone ${timeZone}, 'HH24')`;
  if (by === 'day') return sql`to_char(hour at time zone ${timeZone}, 'YYYY-MM-DD')`;
  return by === 'operator' ? sql`operator_id` : null;
}
