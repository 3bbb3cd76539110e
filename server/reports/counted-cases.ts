import { type RawBuilder, sql } from 'kysely';
import type { caseMeasures, ReportGrouping } from '../contract/report-terms.ts';
import type { Counting } from './counted-contacts.ts';

/** Cases as they stood at the end of the period, as `k`: what of them the reader counts, by their stories. */
export function countedCases(counting: Counting): RawBuilder<unknown> | null {
  const { from, to, now, timeZone, filter, protectedToo } = counting;
  const { channel, colonia, ...others } = filter;
  if (Object.values(others).some((value) => value !== undefined)) return null;
  const end = now < to ? now : to;
  const asked = [
    sql`c.opened_at < ${to}`,
    // Whatever was closed before and has not been opened since cannot have been open at the end.
    sql`(c.closed_at is null or c.closed_at >= ${end} or c.promised_for >= (${from} at time zone ${timeZone})::date)`,
    ...(protectedToo ? [] : [sql`not c.protected`]),
    ...(channel === undefined ? [] : [sql`c.channel = ${channel}`]),
    ...(colonia === undefined ? [] : [sql`coalesce(c.colonia_id, '') = ${colonia}`]),
  ];
  return sql`(
    select s.*,
      s.promised_for >= (${from} at time zone ${timeZone})::date and s.promised_for < (${to} at time zone ${timeZone})::date
        and (s.done_on is not null or s.promised_for < (${now} at time zone ${timeZone})::date) as promised,
      s.opened_at < ${end} and coalesce(s.status_at_end, 'received') not in ('solved', 'not_ours', 'rejected') as is_open,
      floor(extract(epoch from ${end}::timestamptz - s.opened_at) / 86400)::int as days
    from (
      select c.*,
        (select e.data->>'status' from case_event e
          where e.case_id = c.id and e.type in ('status_changed', 'reopened_by_citizen') and e.at < ${end}
          order by e.id desc limit 1) as status_at_end,
        -- The day it was last closed, if it is.
        (select case when e.data->>'status' in ('solved', 'not_ours', 'rejected')
            then (e.at at time zone ${timeZone})::date end
          from case_event e where e.case_id = c.id and e.type in ('status_changed', 'reopened_by_citizen')
          order by e.id desc limit 1) as done_on
      from service_case c where ${sql.join(asked, sql` and `)}
    ) s
  )`;
}

export const countedCase: Record<
  (typeof caseMeasures)[number],
  { when: RawBuilder<boolean>; sum?: RawBuilder<number> }
> = {
  promised: { when: sql`k.promised` },
  promisesKept: { when: sql`k.promised and k.done_on <= k.promised_for` },
  openCases: { when: sql`k.is_open` },
  openCaseDays: { when: sql`k.is_open`, sum: sql`k.days` },
};

/** Which group a case `k` belongs to; null: cases are not parted so. */
export function caseGroupOf(by: ReportGrouping): RawBuilder<string> | null {
  if (by === 'none') return sql`''`;
  if (by === 'channel') return sql`coalesce(k.channel, '')`;
  if (by === 'colonia') return sql`coalesce(k.colonia_id, '')`;
  return by === 'department' ? sql`k.department_id` : null;
}
