import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { CallRow as CallListRow, CallPage, listCallsSchema } from '../../contract/call.ts';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import type { Actor } from '../../operators/actor.ts';
import { ticketSeenBy } from '../../operators/ticket-seen-by.ts';
import { presentCallback, presentCalls } from '../present-call.ts';

type Query = z.output<typeof listCallsSchema>;
type View = Query['view'];

interface Listed {
  id: string;
  sort_at: Date;
  number: number;
  queue_id: string | null;
  citizen_id: string;
  citizen_name: string | null;
  operator_id: string | null;
  operator_name: string | null;
}

/** Calls of contacts that the actor may see; those who wait in the order of their waiting, the rest newest first. */
export async function listCalls(db: Db, city: City, actor: Actor, query: Query): Promise<CallPage> {
  const { view, limit } = query;
  const sortAt = view === 'callbacks' ? sql`b.wanted_at` : sql`k.started_at`;
  const isOldestFirst = view === 'live' || view === 'callbacks';
  const after = query.cursor ? decode(query.cursor) : null;
  const compare = isOldestFirst ? sql`>` : sql`<`;
  const beyond = after ? sql`(${sortAt}, k.id) ${compare} (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`;
  const direction = isOldestFirst ? sql`asc` : sql`desc`;
  const { rows } = await sql<Listed>`
    select k.id, ${sortAt} as sort_at, t.number, t.queue_id, c.id as citizen_id, c.name as citizen_name,
      o.id as operator_id, o.name as operator_name
    ${calls} join citizen c on c.id = t.citizen_id left join operator o on o.id = t.operator_id
    where ${ticketSeenBy(actor)} and ${views[view]} and ${beyond}
    order by ${sortAt} ${direction}, k.id ${direction} limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const [rowsOfPage, counts] = await Promise.all([present(db, city, page), count(db, actor)]);
  return { calls: rowsOfPage, nextCursor: last ? `${last.sort_at.toISOString()}_${last.id}` : null, counts };
}

const calls: RawBuilder<unknown> = sql`
  from call k join ticket t on t.id = k.ticket_id
  left join callback b on b.ticket_id = t.id and b.done_at is null`;

/** Of a contact that waits to be called, its last call stands for it. */
const views: Record<View, RawBuilder<boolean>> = {
  live: sql`k.ended_at is null`,
  callbacks: sql`b.ticket_id is not null and k.id = (
    select n.id from call n where n.ticket_id = t.id order by n.started_at desc, n.id desc limit 1)`,
  abandoned: sql`k.outcome = 'abandoned'`,
  voicemail: sql`k.outcome = 'voicemail'`,
  all: sql`true`,
};

async function count(db: Db, actor: Actor): Promise<CallPage['counts']> {
  const { rows } = await sql<CallPage['counts']>`
    select
      (select count(*) ${calls} where ${ticketSeenBy(actor)} and ${views.live})::int as live,
      (select count(*) from callback b join ticket t on t.id = b.ticket_id
        where b.done_at is null and ${ticketSeenBy(actor)})::int as callbacks,
      (select count(*) ${calls} where ${ticketSeenBy(actor)} and t.state <> 'closed' and ${views.voicemail})::int
        as voicemail`.execute(db);
  return rows[0] ?? { live: 0, callbacks: 0, voicemail: 0 };
}

async function present(db: Db, city: City, page: readonly Listed[]): Promise<CallListRow[]> {
  if (page.length === 0) return [];
  const ids = page.map(({ id }) => id);
  const rows = await db.selectFrom('call').selectAll().where('id', 'in', ids).execute();
  const callbacks = await db
    .selectFrom('callback')
    .selectAll()
    .where(
      'ticket_id',
      'in',
      rows.map((row) => row.ticket_id),
    )
    .where('done_at', 'is', null)
    .execute();
  const views = new Map((await presentCalls(db, city, rows)).map((view) => [view.id, view]));
  return page.flatMap((listed) => {
    const view = views.get(listed.id);
    if (!view) return [];
    const callback = callbacks.find((row) => row.ticket_id === view.ticketId);
    return {
      ...view,
      ticketNumber: listed.number,
      queueId: listed.queue_id,
      citizen: { id: listed.citizen_id, name: listed.citizen_name },
      operator: listed.operator_id ? { id: listed.operator_id, name: listed.operator_name ?? '' } : null,
      callback: callback ? presentCallback(callback) : null,
    };
  });
}

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** @throws AppError `invalid_cursor` */
function decode(cursor: string): { at: string; id: string } {
  const parsed = cursorSchema.safeParse(cursor.split('_'));
  if (!parsed.success) throw new AppError('invalid_cursor');
  const [at, id] = parsed.data;
  return { at, id };
}
