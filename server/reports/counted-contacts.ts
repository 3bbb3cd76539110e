import { type RawBuilder, sql } from 'kysely';
import type { ReportFilter } from '../contract/report.ts';
import type { ReportGrouping } from '../contract/report-terms.ts';
import type { Instants } from './report-period.ts';

/** Whoever comes back sooner was not helped. */
export const REPEAT_DAYS = 7;

export interface Counting extends Instants {
  now: Date;
  timeZone: string;
  filter: ReportFilter;
  /** The reader has the grant for what is protected. */
  protectedToo: boolean;
  /** These stretches of the period alone. */
  within?: readonly Instants[];
}

/** The facts that a report counts, as `f`: of the period, as filtered, and what the reader may count. */
export function countedContacts({ from, to, now, filter, protectedToo, within }: Counting): RawBuilder<unknown> {
  const asked = [
    began(within ?? [{ from, to }]),
    ...(protectedToo ? [] : [sql`not c.protected`]),
    ...only('queue_id', filter.queue),
    ...only('channel', filter.channel),
    ...only('operator_id', filter.operator),
    ...only('topic', filter.topic),
    ...only('colonia_id', filter.colonia),
  ];
  return sql`(
    select c.*, ${now}::timestamptz as seen_at,
      c.outcome = 'answered' and c.closed_at is not null and not c.came_back as resolved
    from contact_fact c where ${sql.join(asked, sql` and `)}
  )`;
}

const began = (spans: readonly Instants[]): RawBuilder<unknown> =>
  sql`(${sql.join(
    spans.map(({ from, to }) => sql`(c.began_at >= ${from} and c.began_at < ${to})`),
    sql` or `,
  )})`;

const only = (column: string, value: string | undefined): RawBuilder<unknown>[] =>
  value === undefined ? [] : [value === '' ? sql`c.${sql.ref(column)} is null` : sql`c.${sql.ref(column)} = ${value}`];

/** Which group a fact `f` belongs to; empty: one without. Null: contacts are not parted so. */
export function groupOf(by: ReportGrouping, timeZone: string): RawBuilder<string> | null {
  switch (by) {
    case 'none':
      return sql`''`;
    case 'hour':
      return sql`to_char(f.began_at at time zone ${timeZone}, 'HH24')`;
    case 'day':
      return sql`to_char(f.began_at at time zone ${timeZone}, 'YYYY-MM-DD')`;
    case 'queue':
      return sql`coalesce(f.queue_id, '')`;
    case 'channel':
      return sql`f.channel`;
    case 'operator':
      return sql`coalesce(f.operator_id, '')`;
    case 'topic':
      return sql`coalesce(f.topic, '')`;
    case 'colonia':
      return sql`coalesce(f.colonia_id, '')`;
    case 'department':
      return null;
  }
}
