import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';

export const LINE_SECONDS = 30 * 60;

export interface DayRow {
  protected: boolean;
  /** Half hours since midnight. */
  half_hour: number;
  opened: number;
  answered: number;
  in_time: number;
  abandoned: number;
  abandoned_late: number;
}

/** The day by half hours: when contacts began, were answered and were given up, of those that began since midnight. */
export async function countDay(db: Db, midnight: Date): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select f.protected, floor(extract(epoch from moment.at - ${midnight}::timestamptz) / ${LINE_SECONDS})::int as half_hour,
      count(*) filter (where what = 'opened')::int as opened,
      count(*) filter (where what = 'answered')::int as answered,
      count(*) filter (where what = 'answered' and f.waited_seconds <= f.level_seconds)::int as in_time,
      count(*) filter (where what = 'abandoned')::int as abandoned,
      count(*) filter (where what = 'abandoned' and f.waited_seconds > f.level_seconds)::int as abandoned_late
    from contact_fact f cross join lateral (values
      ('opened', f.began_at),
      ('answered', case when f.outcome = 'answered' then f.answered_at end),
      ('abandoned', case when f.outcome = 'abandoned' then f.abandoned_at end)
    ) moment (what, at)
    where f.began_at >= ${midnight} and moment.at is not null
    group by 1, 2`.execute(db);
  return rows;
}

export interface TotalsRow {
  protected: boolean;
  opened: number;
  closed: number;
  rated: number;
  stars: number;
  begun: number;
  contained: number;
}

/** Contacts that began today: how many, how many are closed, how they were rated, and what the bot did alone. */
export async function countTotals(db: Db, midnight: Date): Promise<TotalsRow[]> {
  const { rows } = await sql<TotalsRow>`
    select protected, count(*)::int as opened, count(closed_at)::int as closed,
      count(rating)::int as rated, coalesce(sum(rating), 0)::int as stars,
      count(*) filter (where with_bot)::int as begun,
      count(*) filter (where with_bot and outcome = 'contained')::int as contained
    from contact_fact where began_at >= ${midnight} group by protected`.execute(db);
  return rows;
}
