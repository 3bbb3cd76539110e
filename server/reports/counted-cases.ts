import { type RawBuilder, sql } from 'kysely';
import type { caseMeasures, ReportGrouping } from '../contract/report-terms.ts';
import type { Counting } from './counted-contacts.ts';

/** Cases as they stood at the end of the period, as `k`: what of them the reader counts, by their stories. */
export function countedCases(counting: Counting): RawBuilder<unknown> | null {
  const { from, to, now, timeZone, filter, protectedToo } = counting;
  const { channel, colonia, ...others } = filter;
  if (Object.values(others).some((value) => value !== undefined)) return null;
  const end = now < to ? now : to;
  const isPromised = sql`promised_for >= (${from} at time zone ${timeZone})::date
    and promised_for < (${to} at time zone ${timeZone})::date`;
  const asked = [
    sql`c.opened_at < ${to}`,
    ...(protectedToo ? [] : [sql`not c.protected`]),
    ...(channel === undefined ? [] : [sql`c.channel = ${channel}`]),
    ...(colonia === undefined ? [] : [sql`coalesce(c.colonia_id, '') = ${colonia}`]),
  ];
  // Promised for a day of the period, or perhaps open at its end: whatever was closed before and has not been opened
  // since cannot have been. Each by its own index, so that a week does not read every case there ever was.
  const perhaps = sql`(
    select * from service_case where ${isPromised}
    union all select * from service_case where closed_at is null and not (${isPromised})
    union all select * from service_case where closed_at >= ${end} and not (${isPromised})
  )`;
  // `closed_at` is written with each line of the story that closes or opens a case; what stood earlier, the story knows.
  const wasOpen =
    end === now
      ? sql`c.closed_at is null`
      : sql`case when c.closed_at < ${end} then false else coalesce(
          (select e.data->>'status' from case_event e
            where e.case_id = c.id and e.type in ('status_changed', 'reopened_by_citizen') and e.at < ${end}
            order by e.id desc limit 1), 'received') not in ('solved', 'not_ours', 'rejected') end`;
  return sql`(
    select s.*,
      s.promised_for >= (${from} at time zone ${timeZone})::date and s.promised_for < (${to} at time zone ${timeZone})::date
        and (s.done_on is not null or s.promised_for < (${now} at time zone ${timeZone})::date) as promised,
      s.opened_at < ${end} and s.was_open as is_open,
      floor(extract(epoch from ${end}::timestamptz - s.opened_at) / 86400)::int as days
    from (
      select c.*, (c.closed_at at time zone ${timeZone})::date as done_on, ${wasOpen} as was_open
      from ${perhaps} c where ${sql.join(asked, sql` and `)}
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
