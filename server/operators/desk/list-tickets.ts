import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { City } from '../../contract/city.ts';
import type { TicketSummary } from '../../contract/http.ts';
import type { listTicketsSchema, TicketFilters, TicketPage } from '../../contract/inbox.ts';
import { may } from '../../contract/permissions.ts';
import { loadSummaries, selectSummaries } from '../../conversations/ticket-summaries.ts';
import type { Db } from '../../database/database.ts';
import { ask } from '../../search/ask.ts';
import { excerptsOf } from '../../search/excerpts.ts';
import { findTickets } from '../../search/find-tickets.ts';
import type { Actor } from '../actor.ts';
import { ticketSeenBy } from '../ticket-seen-by.ts';
import { facetsOf, inView, isNarrowed, matching } from './list-conditions.ts';
import { afterCursor, decodeCursor, encodeCursor, type ListOrder, orderOf } from './list-order.ts';

type Query = z.output<typeof listTicketsSchema>;
type InCity = Pick<City, 'timeZone'>;

/** A list of the inbox, a page at a time by the last row's sort key, so that rows that move are not seen twice. */
export async function listTickets(db: Db, city: InCity, actor: Actor, query: Query): Promise<TicketPage> {
  const order = orderFor(actor, query);
  const [{ tickets, excerpts }, counts] = await Promise.all([
    order === 'found' ? found(db, city, actor, query) : listed(db, city, actor, query, order),
    count(db, actor),
  ]);
  const page = tickets.slice(0, query.limit);
  const last = tickets.length > query.limit ? page.at(-1) : undefined;
  return { tickets: page, nextCursor: last ? encodeCursor(order, last) : null, counts, excerpts };
}

/** How many are in a list, counted no further than `most`. */
export async function countTickets(
  db: Db,
  city: InCity,
  actor: Actor,
  filters: TicketFilters,
  most: number,
): Promise<number> {
  if (orderFor(actor, filters) === 'found') return (await foundIds(db, city, actor, filters, most)).ids.length;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from ticket t
      where ${inView(filters.view, actor)} and ${ticketSeenBy(actor)} and ${matching(filters, city)} limit ${most}
    ) counted`.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * What is open is little and listed as it is. What is closed only grows: as soon as something narrows it, the index
 * that every word is in finds it.
 */
function orderFor(actor: Actor, filters: TicketFilters): ListOrder {
  const { view } = filters;
  if (filters.q?.trim()) return 'found';
  if (view === 'closed') return isNarrowed(filters) ? 'found' : 'closed';
  if (view === 'all') return isNarrowed(filters) || !may(actor, 'contacts.all') ? 'found' : 'all';
  return view;
}

type Listed = Pick<TicketPage, 'excerpts'> & { tickets: TicketSummary[] };

async function listed(db: Db, city: InCity, actor: Actor, query: Query, order: ListOrder): Promise<Listed> {
  const after = afterCursor(order, query.cursor);
  const tickets =
    order === 'closed' && !may(actor, 'contacts.all')
      ? await lastClosedFor(db, actor, after, query.limit + 1)
      : await selectSummaries(
          db,
          sql`where ${inView(query.view, actor)} and ${ticketSeenBy(actor)} and ${matching(query, city)} and ${after}
            ${orderOf(order)} limit ${query.limit + 1}`,
        );
  return { tickets, excerpts: {} };
}

/** The last closed of each queue and of their own, merged: read a page of each, however few of all are theirs. */
function lastClosedFor(db: Db, actor: Actor, after: RawBuilder<unknown>, limit: number): Promise<TicketSummary[]> {
  const newest = (which: RawBuilder<unknown>) => sql`
    (select t.id from ticket t where t.state = 'closed' and ${which} and ${ticketSeenBy(actor)} and ${after}
      ${orderOf('closed')} limit ${limit})`;
  const sources = [
    newest(sql`t.operator_id = ${actor.id}`),
    newest(sql`t.queue_id is null`),
    ...actor.queueIds.map((id) => newest(sql`t.queue_id = ${id}`)),
  ];
  return selectSummaries(
    db,
    sql`where t.id in (${sql.join(sources, sql` union `)}) ${orderOf('closed')} limit ${limit}`,
  );
}

async function foundIds(db: Db, city: InCity, actor: Actor, filters: TicketFilters, limit: number, cursor?: string) {
  const text = filters.q?.trim();
  const question = text ? await ask(db, text) : null;
  if (text && !question) return { ids: [], question };
  const ids = await findTickets(db, actor, {
    clauses: [...(question?.clauses ?? []), ...facetsOf(filters, city)],
    conditions: sql`${inView(filters.view, actor)} and ${matching(filters, city)}`,
    before: cursor ? decodeCursor('found', cursor).number : undefined,
    limit,
  });
  return { ids, question };
}

async function found(db: Db, city: InCity, actor: Actor, query: Query): Promise<Listed> {
  const { ids, question } = await foundIds(db, city, actor, query, query.limit + 1, query.cursor);
  const [tickets, excerpts] = await Promise.all([
    loadSummaries(db, ids),
    question ? excerptsOf(db, question, ids) : {},
  ]);
  return { tickets: tickets.sort((a, b) => b.number - a.number), excerpts };
}

async function count(db: Db, actor: Actor): Promise<TicketPage['counts']> {
  const { rows } = await sql<TicketPage['counts']>`
    select
      (select count(*)::int from ticket t where t.state in ('offered', 'assigned') and t.operator_id = ${actor.id}) as mine,
      (select count(*)::int from ticket t where t.state in ('waiting', 'offered') and ${ticketSeenBy(actor)}) as waiting,
      (select count(*)::int from ticket t where t.state = 'snoozed' and t.operator_id = ${actor.id}) as snoozed`.execute(
    db,
  );
  return rows[0] ?? { mine: 0, waiting: 0, snoozed: 0 };
}
