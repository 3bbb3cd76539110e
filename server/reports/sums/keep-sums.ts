import { sql } from 'kysely';
import { DateTime } from 'luxon';
import { addSeconds } from '../../clock.ts';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { SumPart } from './sum-part.ts';
import { type SummedByMonth, summedParts } from './summed-parts.ts';

const partNames = Object.keys(summedParts) as SumPart[];

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
  for (const part of partNames) {
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
    await sql`truncate contact_sum, people_sum, case_sum, arrival_sum`.execute(tx);
    for (const part of partNames) {
      await sql`insert into sum_stale (part, at) select distinct ${part}, at from (${sql.raw(summedParts[part].moments)}) m (at)`.execute(
        tx,
      );
    }
  }
  await sql`
    insert into sum_state (id, time_zone, next_at) values (1, ${timeZone}, ${now})
    on conflict (id) do update set time_zone = excluded.time_zone`.execute(tx);
}

/** @returns whether there was any */
async function sumNewestMonth(tx: Tx, part: SumPart, today: Date, timeZone: string): Promise<boolean> {
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
  const summed = summedParts[part];
  for (const { day } of marks) await summed.day(tx, day, timeZone);
  if (summed.month) await sumMonth(tx, summed.month, month.toFormat('yyyy-MM-dd'));
  return true;
}

/** A month is the sum of its days. */
async function sumMonth(tx: Tx, { table, keys, measures }: SummedByMonth, first: string): Promise<void> {
  const columns = [...keys, ...measures].map((each) => sql.ref(each));
  await sql`delete from ${sql.table(table)} where grain = 'month' and starts_on = ${first}::date`.execute(tx);
  await sql`
    insert into ${sql.table(table)} (grain, starts_on, ${sql.join(columns)})
    select 'month', ${first}::date, ${sql.join(keys.map((key) => sql.ref(key)))},
      ${sql.join(measures.map((measure) => sql`sum(${sql.ref(measure)})`))}
    from ${sql.table(table)}
    where grain = 'day' and starts_on >= ${first}::date and starts_on < ${first}::date + interval '1 month'
    group by ${sql.join(keys.map((key) => sql.ref(key)))}`.execute(tx);
}

/** Of the day that is not over, one mark a quarter of an hour is enough. */
async function thinOut(tx: Tx, part: SumPart, today: Date): Promise<void> {
  await sql`
    with gone as (delete from sum_stale where part = ${part} and at >= ${today} returning at)
    insert into sum_stale (part, at) select distinct ${part}, at from gone`.execute(tx);
}
