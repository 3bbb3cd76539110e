import { type RawBuilder, sql } from 'kysely';
import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import { type TicketFilters, type TicketView, ticketFiltersSchema } from '../../contract/inbox.ts';
import { may } from '../../contract/permissions.ts';
import { type Clause, type Facet, facet } from '../../search/clauses.ts';
import type { Actor } from '../actor.ts';

const yes = sql`true`;

/** Which tickets a view is made of, as a condition on `ticket t`. */
export function inView(view: TicketView, actor: Actor): RawBuilder<unknown> {
  switch (view) {
    case 'mine':
      return sql`t.state in ('offered', 'assigned') and t.operator_id = ${actor.id}`;
    case 'waiting':
      return sql`t.state in ('waiting', 'offered')`;
    case 'snoozed':
      return sql`t.state = 'snoozed' and ${may(actor, 'contacts.all') ? yes : sql`t.operator_id = ${actor.id}`}`;
    case 'closed':
      return sql`t.state = 'closed'`;
    case 'all':
      return yes;
  }
}

const narrowing = Object.keys(ticketFiltersSchema.omit({ view: true }).shape) as (keyof TicketFilters)[];

/** Whether anything but the view narrows a list; which page of it is asked for does not. */
export const isNarrowed = (filters: TicketFilters): boolean => narrowing.some((name) => filters[name] !== undefined);

/** The filters as a condition on `ticket t`, words apart. */
export function matching(filters: TicketFilters, city: Pick<City, 'timeZone'>): RawBuilder<unknown> {
  const { channel, queueId, operatorId, disposition, priority, rating, language, hasCase, unread } = filters;
  const { from, until } = spanOf(filters, city);
  const withCase = sql`exists (select from case_ticket k where k.ticket_id = t.id)`;
  const conditions = [
    channel && sql`t.channel = any(${channel}::text[])`,
    queueId && sql`t.queue_id = any(${queueId}::text[])`,
    operatorId && sql`t.operator_id = any(${operatorId}::text[])`,
    disposition && sql`t.disposition = any(${disposition}::text[])`,
    priority && sql`t.priority = any(${priority}::smallint[])`,
    rating && sql`t.rating = any(${rating}::smallint[])`,
    language && sql`(select locale from conversation v where v.id = t.conversation_id) = ${language}`,
    hasCase !== undefined && (hasCase ? withCase : sql`not ${withCase}`),
    unread !== undefined && (unread ? sql`t.unread > 0` : sql`t.unread = 0`),
    from && sql`t.created_at >= ${from}::timestamptz`,
    until && sql`t.created_at < ${until}::timestamptz`,
  ].filter((condition) => typeof condition === 'object');
  return conditions.length > 0 ? sql.join(conditions, sql` and `) : yes;
}

/** Months that are looked up one by one; a longer span is read from the newest on. */
const MONTHS = 24;

/** What of view and filters the index knows. */
export function facetsOf(filters: TicketFilters, city: Pick<City, 'timeZone'>): Clause[] {
  const any = (name: Facet, values: readonly (string | number)[] | undefined): Clause[] =>
    values ? [values.map((value) => facet(name, value))] : [];
  const { view, channel, queueId, operatorId, disposition, priority, rating, language, hasCase, unread } = filters;
  const isOpen = view === 'mine' || view === 'waiting' || view === 'snoozed' || unread === true;
  return [
    // Nearly everything is closed, and what was rated or has a disposition is so anyway: not worth a key.
    ...(view === 'closed' && !rating && !disposition
      ? [[facet('state', 'closed')]]
      : isOpen
        ? [[facet('state', 'open')]]
        : []),
    ...any('channel', channel),
    ...any('queue', queueId),
    ...any('operator', operatorId),
    ...any('disposition', disposition),
    ...any('priority', priority),
    ...any('rating', rating),
    ...any('language', language && [language]),
    ...any('hasCase', hasCase === undefined ? undefined : [String(hasCase)]),
    ...any('month', monthsOf(filters, city)),
  ];
}

function spanOf({ from, to }: TicketFilters, { timeZone }: Pick<City, 'timeZone'>) {
  const day = (date: string) => DateTime.fromISO(date, { zone: timeZone });
  return { from: from && day(from).toJSDate(), until: to && day(to).plus({ days: 1 }).toJSDate() };
}

function monthsOf(filters: TicketFilters, city: Pick<City, 'timeZone'>): string[] | undefined {
  const { from, until } = spanOf(filters, city);
  if (!from) return undefined;
  const first = DateTime.fromJSDate(from, { zone: 'utc' }).startOf('month');
  const last = DateTime.fromJSDate(until || new Date(), { zone: 'utc' });
  const months = Math.floor(last.diff(first, 'months').months) + 1;
  if (months > MONTHS || months < 1) return undefined;
  return Array.from({ length: months }, (_, index) => first.plus({ months: index }).toFormat('yyyy-MM'));
}
