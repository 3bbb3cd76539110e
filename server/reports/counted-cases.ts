import { type RawBuilder, sql } from 'kysely';
import type { ReportFilter } from '../contract/report.ts';
import type { caseMeasures, ReportGrouping } from '../contract/report-terms.ts';
import type { Counting } from './counted-contacts.ts';
import { wasOpen } from './sums/case-changes.ts';

/** Whether cases can be told apart by what a report is narrowed to. */
export const partsCases = ({ channel, colonia, ...others }: ReportFilter): boolean =>
  Object.values(others).every((value) => value === undefined);

/** Of cases `c` what the reader counts. */
export const askedCases = ({ filter, protectedToo }: Pick<Counting, 'filter' | 'protectedToo'>): RawBuilder<boolean> =>
  sql.join(
    [
      protectedToo ? sql`true` : sql`not c.protected`,
      ...(filter.channel === undefined ? [] : [sql`coalesce(c.channel, '') = ${filter.channel}`]),
      ...(filter.colonia === undefined ? [] : [sql`coalesce(c.colonia_id, '') = ${filter.colonia}`]),
    ],
    sql` and `,
  );

/** Cases as they stood at the end of the period, one by one, as `k`: what of them the reader counts, by their stories. */
export function countedCases(counting: Counting): RawBuilder<unknown> | null {
  const { from, to, now, timeZone, filter } = counting;
  if (!partsCases(filter)) return null;
  const end = now < to ? now : to;
  const isPromised = sql`promised_for >= (${from} at time zone ${timeZone})::date
    and promised_for < (${to} at time zone ${timeZone})::date`;
  // Promised for a day of the period, or perhaps open at its end: whatever was closed before and has not been opened
  // since cannot have been. Each by its own index, so that a week does not read every case there ever was.
  const perhaps = sql`(
    select * from service_case where ${isPromised}
    union all select * from service_case where closed_at is null and not (${isPromised})
    union all select * from service_case where closed_at >= ${end} and not (${isPromised})
  )`;
  const stillOpen = end === now ? sql`c.closed_at is null` : wasOpen(sql`${end}::timestamptz`);
  return sql`(
    select s.*,
      s.promised_for >= (${from} at time zone ${timeZone})::date and s.promised_for < (${to} at time zone ${timeZone})::date
        and (s.done_on is not null or s.promised_for < (${now} at time zone ${timeZone})::date) as promised,
      s.opened_at < ${end} and s.was_open as is_open,
      ${lastDay(counting)} - (s.opened_at at time zone ${timeZone})::date as days
    from (
      select c.*, (c.closed_at at time zone ${timeZone})::date as done_on, ${stillOpen} as was_open
      from ${perhaps} c where c.opened_at < ${to} and ${askedCases(counting)}
    ) s
  )`;
}

/** The last day of a period as far as it has come: an open case is as old as the midnights it has seen. */
export const lastDay = ({ to, now, timeZone }: Pick<Counting, 'to' | 'now' | 'timeZone'>): RawBuilder<string> =>
  now < to ? sql`(${now} at time zone ${timeZone})::date` : sql`((${to} at time zone ${timeZone})::date - 1)`;

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
