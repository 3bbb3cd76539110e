import type { AppContext } from '../context.ts';
import type { TicketSummary } from '../contract/http.ts';
import { rooms } from '../contract/socket.ts';
import { presentMessage } from '../conversations/present-message.ts';
import { loadSummaries } from '../conversations/ticket-summaries.ts';
import { maySee } from '../operators/actor.ts';
import { loadPresences } from '../routing/presence.ts';
import { openFigures } from '../routing/queue-figures.ts';
import { coalesce } from './coalesce.ts';
import type { ConsoleNamespace } from './socket-server.ts';

const ROWS_EVERY_MS = 50;
const FIGURES_EVERY_MS = 1_000;
/** Tickets whose audience is remembered: those that another server closes are never forgotten otherwise. */
const REMEMBERED = 20_000;

/** Tells operators what happened: messages at once, rows of lists gathered for a blink, figures once a second. */
export function pushToConsole(context: AppContext, namespace: ConsoleNamespace): () => void {
  const { bus, database, figures, log } = context;
  const failed = (error: unknown) => log.warn({ err: error }, 'not told to the console');

  bus.subscribe('messages.stored', (stored) => {
    for (const { message, operatorId, protected: isProtected, toBot } of stored) {
      if (!message.ticketId || toBot) continue;
      const watching = watchersOf(message.ticketId, isProtected);
      const to = operatorId ? [watching, rooms.operator(operatorId)] : watching;
      namespace.to(to).emit('message', { ticketId: message.ticketId, message });
    }
  });
  const statuses = coalesce<string>(
    ROWS_EVERY_MS,
    async (ids) => {
      const changed = await database.db
        .selectFrom('message as m')
        .innerJoin('ticket as t', 't.id', 'm.ticket_id')
        .selectAll('m')
        .select('t.protected')
        .where('m.id', 'in', ids)
        // Until the bot has heard it, nobody knows whether what was said is to be protected.
        .where((where) =>
          where.or([
            where('m.direction', '=', 'out'),
            where('t.state', '<>', 'bot'),
            where('m.seq', '<=', where.ref('t.bot_seq')),
          ]),
        )
        .execute();
      for (const { protected: isProtected, ...row } of changed) {
        const message = presentMessage(row);
        if (!message.ticketId) continue;
        namespace
          .to(watchersOf(message.ticketId, isProtected))
          .emit('message', { ticketId: message.ticketId, message });
      }
    },
    failed,
  );
  bus.subscribe('message.changed', (id) => statuses([id]));
  bus.subscribe('ticket.events', (events) => {
    for (const { event, protected: isProtected } of events) {
      namespace.to(watchersOf(event.ticketId, isProtected)).emit('event', event);
    }
  });
  bus.subscribe('cursors.moved', (moved) => {
    namespace.to(rooms.conversation(moved.conversationId)).emit('cursors', moved);
  });
  bus.subscribe('citizen.changed', (changed) => void namespace.to(rooms.everyone).emit('citizen.changed', changed));
  bus.subscribe('offer.made', (offer) => void namespace.to(rooms.operator(offer.operatorId)).emit('offer', offer));
  bus.subscribe('offer.ended', ({ operatorId, ...ended }) => {
    namespace.to(rooms.operator(operatorId)).emit('offer.ended', ended);
  });
  bus.subscribe('configuration.changed', (what) => void namespace.to(rooms.everyone).emit('changed', { what }));

  /** Where a ticket was shown last, so that the people of a queue it left see it go. */
  const shownIn = new Map<string, string[]>();

  /** Whoever looked at a ticket that is now somebody else's hears no more of it, on whichever server they are. */
  async function putOutStrangers(ticket: TicketSummary): Promise<void> {
    const seen = {
      operator_id: ticket.operator?.id ?? null,
      queue_id: ticket.queueId,
      state: ticket.state,
      protected: ticket.protected,
    };
    for (const socket of await namespace.in(rooms.ticket(ticket.id)).fetchSockets()) {
      if (maySee(socket.data.operator, seen)) continue;
      socket.leave(rooms.ticket(ticket.id));
      socket.leave(rooms.protectedTicket(ticket.id));
      socket.leave(rooms.conversation(ticket.conversationId));
    }
  }

  const rows = coalesce<string>(
    ROWS_EVERY_MS,
    async (ids) => {
      for (const ticket of await loadSummaries(database.db, ids)) {
        const audience = audienceOf(ticket);
        const before = shownIn.get(ticket.id) ?? (ticket.protected ? [rooms.floor] : []);
        if (ticket.protected) {
          namespace.to(audience).emit('ticket', ticket);
          const left = before.filter((room) => !audience.includes(room));
          if (left.length > 0) namespace.to(left).except(audience).emit('ticket.gone', { ticketId: ticket.id });
        } else namespace.to([...new Set([...audience, ...before])]).emit('ticket', ticket);
        if (audience.join() !== before.join()) putOutStrangers(ticket).catch(failed);
        if (shownIn.size > REMEMBERED) shownIn.clear();
        if (ticket.state === 'closed') shownIn.delete(ticket.id);
        else shownIn.set(ticket.id, audience);
      }
    },
    failed,
  );
  bus.subscribe('tickets.changed', rows);

  const presences = coalesce<string>(
    ROWS_EVERY_MS,
    async (ids) => {
      for (const presence of await loadPresences(database.db, ids))
        namespace.to(rooms.everyone).emit('presence', presence);
    },
    failed,
  );
  bus.subscribe('presence.changed', (operatorId) => presences([operatorId]));

  let told = '';
  const timer = setInterval(async () => {
    // Each process tells its own people: no message crosses processes for a figure everybody can count.
    if (namespace.sockets.size === 0) return;
    try {
      const current = await figures.current();
      const same = JSON.stringify(current.map(({ longestWaitSeconds: _, ...figure }) => figure));
      if (same === told) return;
      told = same;
      namespace.local.to(rooms.everyone).except(rooms.granted).emit('queues', openFigures(current));
      namespace.local.to(rooms.granted).emit(
        'queues',
        current.map(({ protected: _, ...figure }) => figure),
      );
    } catch (error) {
      failed(error);
    }
  }, FIGURES_EVERY_MS);
  return () => clearInterval(timer);
}

/** Who looks at a ticket and may hear of it. */
const watchersOf = (ticketId: string, isProtected: boolean): string =>
  isProtected ? rooms.protectedTicket(ticketId) : rooms.ticket(ticketId);

const audienceOf = (ticket: TicketSummary): string[] => [
  ticket.protected ? rooms.protectedFloor : rooms.floor,
  watchersOf(ticket.id, ticket.protected),
  // Of a protected queue only people with the grant are members.
  ...(ticket.queueId ? [rooms.queue(ticket.queueId)] : []),
  ...(ticket.operator ? [rooms.operator(ticket.operator.id)] : []),
];
