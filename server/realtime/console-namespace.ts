import { z } from 'zod';
import type { AppContext } from '../context.ts';
import type { Viewers } from '../contract/console.ts';
import { AppError } from '../contract/errors.ts';
import type { Me } from '../contract/http.ts';
import { may } from '../contract/permissions.ts';
import { consoleTypingSchema, consoleWatchSchema, rooms } from '../contract/socket.ts';
import { byFirstName, maySee } from '../operators/actor.ts';
import { conversationsOf } from '../operators/desk/merging/merged-contacts.ts';
import { headersOf, signedIn } from '../operators/signed-in.ts';
import { loadPresences, renewLease } from '../routing/presence.ts';
import { consoleAnswering } from './console-answering.ts';
import { roomsOf, startConsoleGuard } from './console-guard.ts';
import type { ChatNamespace, ConsoleNamespace, ConsoleSocket } from './socket-server.ts';
import { viewersOf } from './viewers.ts';

/**
 * Operators' connections: who they are, which rooms they hear, what they look at.
 * @returns who looks at a ticket, and how to stop
 */
export function serveConsole(
  context: AppContext,
  namespace: ConsoleNamespace,
  chat: ChatNamespace,
): { viewers: Viewers; stop(): Promise<void> } {
  const { database, unitOfWork, config, log } = context;
  const viewers: Viewers = { of: (ticketId) => viewersOf(namespace, ticketId) };

  namespace.use(async (socket, next) => {
    try {
      const operator = await whoIs(socket);
      if (!operator) return next(new Error('unauthenticated'));
      socket.data.operator = operator;
      socket.data.watching = {};
      next();
    } catch (error) {
      log.warn({ err: error }, 'console connection refused');
      next(new Error('unavailable'));
    }
  });

  namespace.on('connection', (socket) => {
    serve(socket);
    void socket.join(roomsOf(socket.data.operator));
  });

  async function whoIs(socket: ConsoleSocket): Promise<Me | null> {
    try {
      return await signedIn(context, headersOf({ headers: socket.handshake.headers }));
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  function serve(socket: ConsoleSocket): void {
    const on = consoleAnswering(socket, log);

    on('heartbeat', z.unknown(), async () => {
      const { operator } = socket.data;
      // Nobody waits for those who take no contacts to be there.
      if (may(operator, 'contacts.attend')) {
        await unitOfWork((unit) => renewLease(unit, operator.id, config.PRESENCE_LEASE_SECONDS));
      }
      const [presence] = await loadPresences(database.db, [operator.id]);
      if (!presence) throw new AppError('not_found');
      return { presence, leaseSeconds: config.PRESENCE_LEASE_SECONDS };
    });

    on('watch', consoleWatchSchema, async ({ ticketId }) => {
      const ticket = await find(ticketId);
      if (!ticket || !maySee(socket.data.operator, ticket)) throw new AppError('not_found');
      const conversationIds = await conversationsOf(database.db, ticketId);
      socket.data.watching[ticketId] = { typing: false, conversationIds };
      await socket.join([rooms.ticket(ticketId), ...conversationIds.map(rooms.conversation)]);
      if (socket.data.operator.protectedGrant) await socket.join(rooms.protectedTicket(ticketId));
      const watching = await viewers.of(ticketId);
      socket.to(rooms.ticket(ticketId)).emit('viewers', { ticketId, viewers: watching });
      return { viewers: watching };
    });

    on('unwatch', consoleWatchSchema, async ({ ticketId }) => {
      await leave(socket, ticketId);
      return {};
    });

    on('typing', consoleTypingSchema, async ({ ticketId, typing }) => {
      const { operator, watching } = socket.data;
      const entry = watching[ticketId];
      if (!entry) return {};
      entry.typing = typing;
      socket.to(rooms.ticket(ticketId)).emit('viewers', { ticketId, viewers: await viewers.of(ticketId) });
      const ticket = await find(ticketId);
      if (ticket?.state === 'assigned' && ticket.operator_id === operator.id) {
        chat
          .to(rooms.conversation(ticket.conversation_id))
          .emit('typing', { typing, name: byFirstName(operator).name });
      }
      return {};
    });

    socket.on('disconnecting', () => {
      for (const ticketId of Object.keys(socket.data.watching)) {
        leave(socket, ticketId).catch((error) => log.warn({ err: error }, 'not told that a viewer left'));
      }
    });
  }

  async function leave(socket: ConsoleSocket, ticketId: string): Promise<void> {
    const { watching } = socket.data;
    const { conversationIds } = watching[ticketId] ?? { conversationIds: [] };
    delete watching[ticketId];
    await socket.leave(rooms.ticket(ticketId));
    await socket.leave(rooms.protectedTicket(ticketId));
    const stillShown = new Set(Object.values(watching).flatMap((entry) => entry.conversationIds));
    for (const id of conversationIds) if (!stillShown.has(id)) await socket.leave(rooms.conversation(id));
    namespace.to(rooms.ticket(ticketId)).emit('viewers', { ticketId, viewers: await viewers.of(ticketId) });
  }

  const find = (ticketId: string) =>
    database.db
      .selectFrom('ticket')
      .select(['conversation_id', 'operator_id', 'queue_id', 'state', 'protected'])
      .where('id', '=', ticketId)
      .executeTakeFirst();

  return { viewers, stop: startConsoleGuard(context, namespace, { whoIs, find, leave }) };
}
