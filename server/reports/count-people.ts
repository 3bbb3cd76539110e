import { type RawBuilder, sql } from 'kysely';
import type { Measured, ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import type { Counting } from './counted-contacts.ts';
import type { Instants } from './report-period.ts';
import { type Spans, spansOf } from './sums/spans.ts';

/** How long people were there and busy, by group; null where people are not parted so, or not by what is asked. */
export async function countPeople(
  db: Db,
  by: ReportGrouping,
  { filter: { operator, ...others }, ...counting }: Counting,
): Promise<Map<string, Measured> | null> {
  if (!isGroup(by) || Object.values(others).some((value) => value !== undefined)) return null;
  const { from, to, now, timeZone } = counting;
  const spans = await spansOf(db, 'people', { from, to }, now, timeZone, by === 'day');
  const parts = [await readSums(db, by, spans, operator)];
  for (const live of spans.live) parts.push(await countPresence(db, by, { ...live, now, timeZone, operator }));
  const counts = new Map<string, Measured>();
  for (const [key, { staffedSeconds = 0, busySeconds = 0 }] of parts.flatMap((part) => [...part])) {
    const known = counts.get(key);
    counts.set(key, {
      staffedSeconds: (known?.staffedSeconds ?? 0) + staffedSeconds,
      busySeconds: (known?.busySeconds ?? 0) + busySeconds,
    });
  }
  return counts;
}

const sumKeys = {
  none: sql`''`,
  operator: sql`operator_id`,
  hour: sql`lpad(hour::text, 2, '0')`,
  day: sql`to_char(starts_on, 'YYYY-MM-DD')`,
};

async function readSums(
  db: Db,
  by: keyof typeof sumKeys,
  { months, days }: Spans,
  operator: string | undefined,
): Promise<Map<string, Measured>> {
  if (months.length + days.length === 0) return new Map();
  const { rows } = await sql<{ key: string; staffed: number; busy: number }>`
    select ${sumKeys[by]} as key, sum(staffed_seconds)::bigint as staffed, sum(busy_seconds)::bigint as busy
    from people_sum
    where ((grain = 'month' and starts_on = any(${months}::date[])) or (grain = 'day' and starts_on = any(${days}::date[])))
      and (${operator ?? null}::text is null or operator_id = ${operator ?? ''})
    group by 1`.execute(db);
  return new Map(rows.map(({ key, staffed, busy }) => [key, { staffedSeconds: staffed, busySeconds: busy }]));
}

/** slot: the half hours of a day. operator+hour: with a space between them. */
type Group = keyof typeof sumKeys | 'slot' | 'operator+hour';
const isGroup = (by: string): by is keyof typeof sumKeys => by in sumKeys;

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
    with recursive who as (
      -- Everybody there ever was, one step in the index each.
      (select operator_id from presence_event order by operator_id limit 1)
      union all
      select (select operator_id from presence_event where operator_id > who.operator_id order by operator_id limit 1)
      from who where who.operator_id is not null
    ), lines as (
      select operator_id, status, at, lead(at, 1, ${end}::timestamptz) over (partition by operator_id order by id) as until
      from who cross join lateral (
        (select id, status, at from presence_event e
          where e.operator_id = who.operator_id and e.at <= ${from} order by e.at desc, e.id desc limit 1)
        union all
        (select id, status, at from presence_event e
          where e.operator_id = who.operator_id and e.at > ${from} and e.at < ${end})
      ) line
      where operator_id is not null and (${operator ?? null}::text is null or operator_id = ${operator ?? ''})
    ), there as (
      select operator_id, range_agg(tstzrange(greatest(at, ${from}), least(until, ${end}))) as spans
      from lines
      where status = 'available' and greatest(at, ${from}) < least(until, ${end})
      group by operator_id
    ), hands as (
      select operator_id, range_agg(tstzrange(began_at, greatest(began_at, coalesce(ended_at, ${end})))) as spans
      from contact_stretch
      where tstzrange(began_at, greatest(began_at, coalesce(ended_at, 'infinity'))) && tstzrange(${from}, ${end})
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
    case 'operator+hour':
      return sql`operator_id || ' ' || to_char(slot at time zone ${timeZone}, 'HH24')`;
    case 'slot':
      return sql`to_char(slot at time zone ${timeZone}, 'HH24:MI')`;
  }
}
