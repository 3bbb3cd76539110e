import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import { type listTicketsSchema, prioritySchema, type TicketPage, type TicketSummary } from '../../contract/http.ts';
import { selectSummaries } from '../../conversations/ticket-summaries.ts';
import type { Db } from '../../database/database.ts';
import { type Actor, supervises } from '../actor.ts';
import { ticketSeenBy } from '../ticket-seen-by.ts';

type Query = z.output<typeof listTicketsSchema>;

/** A list of the inbox, a page at a time by the last row's sort key, so that rows that move are not seen twice. */
export async function listTickets(db: Db, actor: Actor, query: Query): Promise<TicketPage> {
  const [tickets, counts] = await Promise.all([
    selectSummaries(db, sql`${where(actor, query)} ${order(query)} limit ${query.limit + 1}`),
    count(db, actor),
  ]);
  const page = tickets.slice(0, query.limit);
  const last = tickets.length > query.limit ? page.at(-1) : undefined;
  return { tickets: page, nextCursor: last ? encode(query, last) : null, counts };
}

const yes = sql`true`;

function where(actor: Actor, query: Query): RawBuilder<unknown> {
  const views: Record<Query['view'], RawBuilder<unknown>> = {
    mine: sql`t.state in ('offered', 'assigned') and t.operator_id = ${actor.id}`,
    waiting: sql`t.state in ('waiting', 'offered')`,
    snoozed: sql`t.state = 'snoozed' and ${supervises(actor) ? yes : sql`t.operator_id = ${actor.id}`}`,
    closed: sql`t.state = 'closed'`,
    all: yes,
  };
  return sql`where ${views[query.view]} and ${ticketSeenBy(actor)} and ${matching(query.q?.trim())} and ${
    query.queueId ? sql`t.queue_id = ${query.queueId}` : yes
  } and ${after(query)}`;
}

/** A ticket's number, or part of a name or e-mail. */
function matching(text: string | undefined): RawBuilder<unknown> {
  if (!text) return yes;
  if (/^#?\d{1,15}$/.test(text)) return sql`t.number = ${Number(text.replace('#', ''))}`;
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql`t.citizen_id in (
    select id from citizen where lower(coalesce(name, '') || ' ' || coalesce(email, '')) like ${pattern} limit 500)`;
}

function order(query: Query): RawBuilder<unknown> {
  switch (query.view) {
    case 'waiting':
      return sql`order by t.priority, t.clock_at, t.id`;
    case 'mine':
      // Whoever has waited longest for an answer comes first; those who were answered follow, newest first.
      return sql`order by (t.last_direction = 'in') desc,
        case when t.last_direction = 'in' then t.last_message_at end, t.last_message_at desc nulls last, t.id`;
    case 'snoozed':
      return sql`order by coalesce(t.snoozed_until, 'infinity'), t.id`;
    case 'closed':
      return sql`order by t.closed_at desc, t.number desc`;
    default:
      return sql`order by t.number desc`;
  }
}

/** PostgreSQL knows no year 0. */
const storedTime = z.iso.datetime().refine((at) => at >= '1000');
const cursorSchema = z.discriminatedUnion('view', [
  z.object({ view: z.literal('waiting'), priority: prioritySchema, clockAt: storedTime, id: z.uuid() }),
  z.object({ view: z.literal('snoozed'), snoozedUntil: storedTime.nullable(), id: z.uuid() }),
  z.object({ view: z.literal('closed'), closedAt: storedTime, number: z.int() }),
  z.object({ view: z.literal('all'), number: z.int() }),
]);

/** What an operator holds fits in one page; every other view has a cursor. */
function encode(query: Query, last: TicketSummary): string | null {
  const { priority, clockAt, id, snoozedUntil, closedAt, number } = last;
  const keys = {
    waiting: { priority, clockAt, id },
    snoozed: { snoozedUntil, id },
    closed: { closedAt, number },
    all: { number },
    mine: null,
  };
  const key = keys[query.view];
  return key && Buffer.from(JSON.stringify({ view: query.view, ...key })).toString('base64url');
}

/** @throws AppError `invalid_cursor` */
function after(query: Query): RawBuilder<unknown> {
  if (!query.cursor) return yes;
  const cursor = decode(query.cursor);
  if (cursor?.view !== query.view) throw new AppError('invalid_cursor');
  switch (cursor.view) {
    case 'waiting':
      return sql`(t.priority, t.clock_at, t.id) > (${cursor.priority}::smallint, ${cursor.clockAt}::timestamptz, ${cursor.id}::uuid)`;
    case 'snoozed':
      return sql`(coalesce(t.snoozed_until, 'infinity'), t.id) > (${cursor.snoozedUntil ?? 'infinity'}::timestamptz, ${cursor.id}::uuid)`;
    case 'closed':
      return sql`(t.closed_at, t.number) < (${cursor.closedAt}::timestamptz, ${cursor.number}::bigint)`;
    default:
      return sql`t.number < ${cursor.number}::bigint`;
  }
}

function decode(cursor: string): z.output<typeof cursorSchema> | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
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
