import { sql } from 'kysely';
import { DateTime } from 'luxon';
import { addSeconds } from '../../clock.ts';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { countPresence } from '../count-people.ts';
import { instantsOf } from '../report-period.ts';
import { cutValues } from './cuts.ts';
import { columnOf, countsOf, summed } from './sum-columns.ts';

/** One server at a time. */
const SUMS_LOCK = 4_200_022;
/** Late changes of days that are over come in all day long: they are read from the source for so long. */
const EVERY_SECONDS = 300;

type Parts = Pick<AppContext, 'unitOfWork' | 'clock'> & { city: Pick<AppContext['city'], 'timeZone'> };

/** Whether days that are over are to be summed again; asked every few seconds, and true once in five minutes. */
export async function isTimeToSum({ tx, now }: Pick<Unit, 'tx' | 'now'>, timeZone: string): Promise<boolean> {
  const midnight = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day').toJSDate();
  const { rows } = await sql`
    insert into sum_state (id, time_zone, next_at) values (1, null, ${addSeconds(now, EVERY_SECONDS)})
    on conflict (id) do update set next_at = excluded.next_at
    where sum_state.next_at <= ${now} and (sum_state.time_zone is distinct from ${timeZone}
      or exists (select from sum_stale where at < ${midnight}))
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Sums every day that is over and has changed, and its month, the newest first. */
export async function keepSums({ unitOfWork, city, clock }: Parts): Promise<void> {
  const { timeZone } = city;
  const today = DateTime.fromJSDate(clock.now(), { zone: timeZone }).startOf('day').toJSDate();
  await unitOfWork((unit) => settleZone(unit, timeZone));
  for (const part of ['contacts', 'people'] as const) {
    while (await unitOfWork(({ tx }) => sumNewestMonth(tx, part, today, timeZone)));
    await unitOfWork(({ tx }) => thinOut(tx, part, today));
  }
}

/** Days of another zone begin and end at other hours: all are summed anew. */
async function settleZone({ tx, now }: Unit, timeZone: string): Promise<void> {
  const { rows } = await sql<{ time_zone: string | null }>`
    select time_zone from sum_state where id = 1 for update`.execute(tx);
  const before = rows[0]?.time_zone ?? null;
  if (before === timeZone) return;
  if (before !== null) {
    await sql`truncate contact_sum, people_sum`.execute(tx);
    await sql`insert into sum_stale (part, at) select distinct 'contacts', quarter_of(began_at) from contact_fact`.execute(
      tx,
    );
    await sql`insert into sum_stale (part, at) select distinct 'people', quarter_of(at) from presence_event`.execute(
      tx,
    );
  }
  await sql`
    insert into sum_state (id, time_zone, next_at) values (1, ${timeZone}, ${now})
    on conflict (id) do update set time_zone = excluded.time_zone`.execute(tx);
}

/** @returns whether there was any */
async function sumNewestMonth(tx: Tx, part: 'contacts' | 'people', today: Date, timeZone: string): Promise<boolean> {
  const { rows: lock } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(${SUMS_LOCK}) as ours`.execute(tx);
  if (!lock[0]?.ours) return false;
  const { rows: newest } = await sql<{ at: Date }>`
    select at from sum_stale where part = ${part} and at < ${today} order by at desc limit 1`.execute(tx);
  if (!newest[0]) return false;
  const month = DateTime.fromJSDate(newest[0].at, { zone: timeZone }).startOf('month');
  const after = DateTime.min(month.plus({ months: 1 }), DateTime.fromJSDate(today, { zone: timeZone })) as DateTime;
  // Whoever left one of these marks has committed, so what is counted below has their change; a later one leaves another.
  const { rows: marks } = await sql<{ day: string }>`
    with gone as (
      delete from sum_stale where part = ${part} and at >= ${month.toJSDate()} and at < ${after.toJSDate()} returning at
    )
    select distinct to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as day from gone`.execute(tx);
  const sumDay = part === 'contacts' ? sumContacts : sumPeople;
  for (const { day } of marks) await sumDay(tx, day, timeZone);
  const first = month.toFormat('yyyy-MM-dd');
  await (part === 'contacts' ? sumContactMonth(tx, first) : sumPeopleMonth(tx, first));
  return true;
}

async function sumContacts(tx: Tx, day: string, timeZone: string): Promise<void> {
  const { from, to } = instantsOf({ from: day, to: day }, { timeZone });
  await sql`delete from contact_sum where grain = 'day' and starts_on = ${day}::date`.execute(tx);
  await sql`
    insert into contact_sum (grain, starts_on, cut, a, b, protected, ${measureColumns()})
    select 'day', ${day}::date, v.cut, v.a, v.b, f.protected, ${countsOf(columnOf)}
    from (
      select c.*, c.outcome = 'answered' and c.closed_at is not null and not c.came_back as resolved,
        null::timestamptz as seen_at
      from contact_fact c where c.began_at >= ${from} and c.began_at < ${to}
    ) f cross join lateral (values ${cutValues(timeZone)}) v (cut, a, b)
    group by v.cut, v.a, v.b, f.protected`.execute(tx);
}

async function sumContactMonth(tx: Tx, first: string): Promise<void> {
  await sql`delete from contact_sum where grain = 'month' and starts_on = ${first}::date`.execute(tx);
  await sql`
    insert into contact_sum (grain, starts_on, cut, a, b, protected, ${measureColumns()})
    select 'month', ${first}::date, cut, a, b, protected, ${sql.join(
      summed.map((measure) => sql`sum(${sql.ref(columnOf(measure))})`),
    )}
    from contact_sum
    where grain = 'day' and starts_on >= ${first}::date and starts_on < ${first}::date + interval '1 month'
    group by cut, a, b, protected`.execute(tx);
}

async function sumPeople(tx: Tx, day: string, timeZone: string): Promise<void> {
  const { from, to } = instantsOf({ from: day, to: day }, { timeZone });
  const counts = await countPresence(tx, 'operator+hour', { from, to, now: to, timeZone, operator: undefined });
  await sql`delete from people_sum where grain = 'day' and starts_on = ${day}::date`.execute(tx);
  if (counts.size === 0) return;
  const rows = [...counts].map(([key, { staffedSeconds = 0, busySeconds = 0 }]) => {
    const at = key.lastIndexOf(' ');
    return sql`('day', ${day}::date, ${key.slice(0, at)}, ${Number(key.slice(at + 1))}, ${staffedSeconds}, ${busySeconds})`;
  });
  await sql`insert into people_sum (grain, starts_on, operator_id, hour, staffed_seconds, busy_seconds)
    values ${sql.join(rows)}`.execute(tx);
}

async function sumPeopleMonth(tx: Tx, first: string): Promise<void> {
  await sql`delete from people_sum where grain = 'month' and starts_on = ${first}::date`.execute(tx);
  await sql`
    insert into people_sum (grain, starts_on, operator_id, hour, staffed_seconds, busy_seconds)
    select 'month', ${first}::date, operator_id, hour, sum(staffed_seconds), sum(busy_seconds) from people_sum
    where grain = 'day' and starts_on >= ${first}::date and starts_on < ${first}::date + interval '1 month'
    group by operator_id, hour`.execute(tx);
}

/** Of the day that is not over, one mark a quarter of an hour is enough. */
async function thinOut(tx: Tx, part: 'contacts' | 'people', today: Date): Promise<void> {
  await sql`
    with gone as (delete from sum_stale where part = ${part} and at >= ${today} returning at)
    insert into sum_stale (part, at) select distinct ${part}, at from gone`.execute(tx);
}

const measureColumns = () => sql.join(summed.map((measure) => sql.ref(columnOf(measure))));
