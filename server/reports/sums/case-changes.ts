import { type RawBuilder, sql } from 'kysely';
import type { Instants } from '../report-period.ts';

/**
 * What days brought to cases, as rows of cases with four more columns. `promised`, `promises_kept`: the case was
 * promised for one of them. `opened`: 1, so many more are open at the end than at the beginning; -1, fewer. Added up
 * from the first day on that is how many are open, and `opened_days`, the days on which these were opened, says for how
 * long.
 * @param before a promise for this day or a later one is due still, unless it was kept
 */
export function caseChanges(
  promisedIn: readonly Instants[],
  changedIn: readonly Instants[],
  { timeZone, before }: { timeZone: string; before: RawBuilder<unknown> },
): RawBuilder<unknown> {
  const doneOn = sql`(c.closed_at at time zone ${timeZone})::date`;
  const isPromised = sql.join(
    [
      sql`false`,
      ...promisedIn.map(
        ({ from, to }) => sql`(c.promised_for >= (${from}::timestamptz at time zone ${timeZone})::date
          and c.promised_for < (${to}::timestamptz at time zone ${timeZone})::date)`,
      ),
    ],
    sql` or `,
  );
  const from = changedIn.map((span) => span.from);
  const to = changedIn.map((span) => span.to);
  return sql`(
    select c.*, 1 as promised, (c.closed_at is not null and ${doneOn} <= c.promised_for)::int as promises_kept, 0 as opened, 0 as opened_days
    from service_case c
    where (${isPromised}) and (c.closed_at is not null or c.promised_for < ${before})
    union all
    select c.*, 0, 0, change, change * ${dayOf(sql`(c.opened_at at time zone ${timeZone})::date`)}
    from unnest(${from}::timestamptz[], ${to}::timestamptz[]) span (begins, ends)
    cross join lateral (
      select id from service_case where opened_at >= begins and opened_at < ends
      union select id from service_case where closed_at >= begins and closed_at < ends
      union select case_id from case_event
        where type in ('status_changed', 'reopened_by_citizen') and at >= begins and at < ends
    ) touched
    -- Few of many: each by its key.
    cross join lateral (select * from service_case where id = touched.id limit 1) c
    cross join lateral (
      select (c.opened_at < ends and ${wasOpen(sql`ends`)})::int
        - (c.opened_at < begins and ${wasOpen(sql`begins`)})::int as change
    ) changed
    where change <> 0
  )`;
}

/** Days by which a date is after the first of 2000. */
export const dayOf = (date: RawBuilder<unknown>): RawBuilder<number> => sql`(${date} - date '2000-01-01')`;

/**
 * Whether a case `c` that had been opened was so still. `closed_at` is written with each line of the story that closes
 * or opens a case; what stood earlier, the story knows.
 */
export const wasOpen = (at: RawBuilder<unknown>): RawBuilder<boolean> => sql`case when c.closed_at < ${at} then false
  else coalesce(
    (select e.data->>'status' from case_event e
      where e.case_id = c.id and e.type in ('status_changed', 'reopened_by_citizen') and e.at < ${at}
      order by e.id desc limit 1), 'received') not in ('solved', 'not_ours', 'rejected') end`;
