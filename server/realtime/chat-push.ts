import type { AppContext } from '../context.ts';
import { rooms } from '../contract/socket.ts';
import { readChatSettings } from '../settings/chat-settings.ts';
import { coalesce } from './coalesce.ts';
import type { ChatNamespace } from './socket-server.ts';

const TICKETS_EVERY_MS = 50;
const PLACES_EVERY_MS = 500;
/** Tickets whose last told standing is remembered; beyond it one is told again, which does no harm. */
const REMEMBERED = 20_000;

/** Tells residents where their contact stands: who answers, their place in the queue, what the other side has read. */
export function pushToChat(context: AppContext, namespace: ChatNamespace): void {
  const { bus, database, residentTickets, log, city } = context;
  const failed = (error: unknown) => log.warn({ err: error }, 'not told to the chat');

  bus.subscribe('cursors.moved', ({ conversationId, cursors }) => {
    namespace.to(rooms.conversation(conversationId)).emit('cursors', cursors);
  });
  bus.subscribe('configuration.changed', async (what) => {
    if (what === 'chat-settings') namespace.emit('settings', await readChatSettings(database.db, city));
    // Whoever waits is told at once that it has opened, or until when it is closed.
    if (what === 'queues') places((await database.db.selectFrom('queue').select('id').execute()).map(({ id }) => id));
  });

  /** Most changes of a ticket (a message, a read mark) are none to its resident; these are told once. */
  const standing = new Map<string, string>();
  const changed = coalesce<string>(
    TICKETS_EVERY_MS,
    async (ids) => {
      const rows = await database.db
        .selectFrom('ticket')
        .select(['id', 'state', 'queue_id', 'operator_id', 'rating'])
        .where('id', 'in', ids)
        .where((where) =>
          where.or([
            where('channel', '=', 'chat'),
            where.exists(where.selectFrom('ticket as m').select('m.id').whereRef('m.merged_into', '=', 'ticket.id')),
          ]),
        )
        .execute();
      const moved = rows.filter((row) => {
        const now = `${row.state} ${row.queue_id} ${row.operator_id} ${row.rating}`;
        const before = standing.get(row.id);
        if (standing.size > REMEMBERED) standing.clear();
        if (row.state === 'closed') standing.delete(row.id);
        else standing.set(row.id, now);
        return before !== now;
      });
      if (moved.length === 0) return;
      tell(await residentTickets.byId(moved.map((row) => row.id)));
      places(moved.flatMap((row) => row.queue_id ?? []));
    },
    failed,
  );
  bus.subscribe('tickets.changed', changed);

  /** Everybody behind somebody who came, went or was served has another place now. */
  const places = coalesce<string>(
    PLACES_EVERY_MS,
    async (queueIds) => {
      await context.figures.current();
      tell(await residentTickets.waitingIn(queueIds));
    },
    failed,
  );

  function tell(tickets: Awaited<ReturnType<typeof residentTickets.byId>>): void {
    for (const { conversationId, ticket } of tickets)
      namespace.to(rooms.conversation(conversationId)).emit('ticket', ticket);
  }
}
