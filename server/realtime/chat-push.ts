import type { AppContext } from '../context.ts';
import { rooms } from '../contract/socket.ts';
import { type ShownTicket, type Standing, standing } from '../residents/resident-ticket.ts';
import { readChatSettings } from '../settings/chat-settings.ts';
import { coalesce } from './coalesce.ts';
import type { ChatNamespace } from './socket-server.ts';

const TICKETS_EVERY_MS = 50;
const PLACES_EVERY_MS = 500;
/** Tickets whose last told standing is remembered; beyond it one is told again, which does no harm. */
const REMEMBERED = 20_000;

/** Tells residents where their contact stands: who answers, their place in the queue, what the other side has read. */
export function pushToChat(context: AppContext, namespace: ChatNamespace): void {
  const { bus, database, residentTickets, log, city, config } = context;
  const failed = (error: unknown) => log.warn({ err: error }, 'not told to the chat');

  bus.subscribe('cursors.moved', ({ conversationId, cursors }) => {
    namespace.to(rooms.conversation(conversationId)).emit('cursors', cursors);
  });
  bus.subscribe('configuration.changed', async (what) => {
    if (what === 'chat-settings') namespace.emit('settings', await readChatSettings(database.db, city));
    // Whoever waits is told at once that it has opened, or until when it is closed.
    if (what === 'queues') places((await database.db.selectFrom('queue').select('id').execute()).map(({ id }) => id));
  });

  /** Most changes of a ticket (a message, a read mark) are none to its resident, who knows this already. */
  const told = new Map<string, Standing>();
  function isNews(now: Standing): boolean {
    const known = told.get(now.id);
    // With a change in between, another server may have told of that one; without Redis there is none.
    const mayBeMissed = config.REDIS_URL !== undefined && now.version > (known?.version ?? 0) + 1;
    if (known?.standing !== now.standing || mayBeMissed) return true;
    known.version = Math.max(known.version, now.version);
    return false;
  }
  const changed = coalesce<string>(
    TICKETS_EVERY_MS,
    async (ids) => {
      const rows = await database.db
        .selectFrom('ticket as t')
        .select(['t.id', 't.version', 't.queue_id', standing.as('standing')])
        .where('t.id', 'in', ids)
        .where((where) =>
          where.or([
            where('t.channel', '=', 'chat'),
            where.exists(where.selectFrom('ticket as m').select('m.id').whereRef('m.merged_into', '=', 't.id')),
          ]),
        )
        .execute();
      const moved = rows.filter(isNews);
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

  // Both of them read and tell side by side: what is remembered is the last that was told, by whichever.
  function tell(shown: readonly ShownTicket[]): void {
    if (told.size > REMEMBERED) told.clear();
    for (const { conversationId, ticket, source } of shown) {
      namespace.to(rooms.conversation(conversationId)).emit('ticket', ticket);
      if (ticket.state === 'closed') told.delete(source.id);
      else if (source.version >= (told.get(source.id)?.version ?? 0)) told.set(source.id, source);
    }
  }
}
