import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import type { TicketSummary } from '../../contract/http.ts';
import type { TicketView } from '../../contract/inbox.ts';
import { prioritySchema } from '../../contract/slug.ts';

/** `found`: searched or filtered, of what is stored for good. */
export type ListOrder = TicketView | 'found';

export function orderOf(order: ListOrder): RawBuilder<unknown> {
  switch (order) {
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
  z.object({ view: z.literal('found'), number: z.int().positive() }),
]);
type Cursor = z.output<typeof cursorSchema>;

/** What an operator holds fits in one page; every other list has a cursor. */
export function encodeCursor(order: ListOrder, last: TicketSummary): string | null {
  const { priority, clockAt, id, snoozedUntil, closedAt, number } = last;
  const keys = {
    waiting: { priority, clockAt, id },
    snoozed: { snoozedUntil, id },
    closed: { closedAt, number },
    all: { number },
    found: { number },
    mine: null,
  };
  const key = keys[order];
  return key && Buffer.from(JSON.stringify({ view: order, ...key })).toString('base64url');
}

/** @throws AppError `invalid_cursor`, also for one of another list */
export function decodeCursor<O extends ListOrder>(order: O, text: string): Extract<Cursor, { view: O }> {
  const cursor = read(text);
  if (cursor?.view !== order) throw new AppError('invalid_cursor');
  return cursor as Extract<Cursor, { view: O }>;
}

function read(cursor: string): Cursor | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** What comes after the cursor, as a condition on `ticket t`. @throws AppError `invalid_cursor` */
export function afterCursor(order: ListOrder, text: string | undefined): RawBuilder<unknown> {
  if (!text) return sql`true`;
  const cursor: Cursor = decodeCursor(order, text);
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
