import type { Socket } from 'socket.io';
import { z } from 'zod';
import type { AppContext } from '../context.ts';
import type { Viewers } from '../contract/console.ts';
import { AppError, errorMessage } from '../contract/errors.ts';
import type { Viewer } from '../contract/http.ts';
import {
  type ConsoleClientEvents,
  type ConsoleServerEvents,
  consoleTypingSchema,
  consoleWatchSchema,
  rooms,
} from '../contract/socket.ts';
import { byFirstName, maySee, supervises } from '../operators/actor.ts';
import { headersOf, signedIn } from '../operators/signed-in.ts';
import { loadPresences, renewLease } from '../routing/presence.ts';
import type { ChatNamespace, ConsoleNamespace, ConsoleSocketData } from './socket-server.ts';

type ConsoleSocket = Socket<ConsoleClientEvents, ConsoleServerEvents, Record<string, never>, ConsoleSocketData>;

/** Operators' connections: who they are, which rooms they hear, what they look at. */
export function serveConsole(context: AppContext, namespace: ConsoleNamespace, chat: ChatNamespace): Viewers {
  const { database, unitOfWork, config, log } = context;
  const viewers: Viewers = { of: (ticketId) => viewersOf(namespace, ticketId) };

  namespace.use(async (socket, next) => {
    try {
      const operator = await signedIn(context, headersOf({ headers: socket.handshake.headers }));
      if (!operator || operator.role === 'department') return next(new Error('unauthenticated'));
      socket.data.operator = operator;
      socket.data.watching = {};
      next();
    } catch (error) {
      log.warn({ err: error }, 'console connection refused');
      next(new Error('unavailable'));
    }
  });

  namespace.on('connection', async (socket) => {
    serve(socket);
    await socket.join(roomsOf(socket.data.operator));
  });

  // Membership and roles may change while people are connected.
  context.bus.subscribe('configuration.changed', async (what) => {
    if (what === 'operators' || what === 'queues') await rejoin(context, namespace);
  });

  function serve(socket: ConsoleSocket): void {
    const { operator } = socket.data;
    const refuse = (code: 'invalid_input' | 'not_found' | 'unavailable') => ({
      ok: false as const,
      error: { code, message: errorMessage(code, operator.locale) },
    });

    socket.on('heartbeat', async (ack) => {
      try {
        await unitOfWork((unit) => renewLease(unit, operator.id, config.PRESENCE_LEASE_SECONDS));
        const [presence] = await loadPresences(database.db, [operator.id]);
        if (!presence) throw new AppError('not_found');
        ack?.({ ok: true, presence, leaseSeconds: config.PRESENCE_LEASE_SECONDS });
      } catch (error) {
        log.warn({ err: error }, 'heartbeat failed');
        ack?.(refuse('unavailable'));
      }
    });

    socket.on('watch', async (data, ack) => {
      const parsed = consoleWatchSchema.safeParse(data);
      if (!parsed.success) return ack?.(refuse('invalid_input'));
      const { ticketId } = parsed.data;
      const ticket = await find(ticketId);
      if (!ticket || !maySee(operator, ticket)) return ack?.(refuse('not_found'));
      socket.data.watching[ticketId] = { typing: false };
      await socket.join([rooms.ticket(ticketId), rooms.conversation(ticket.conversation_id)]);
      const watching = await viewers.of(ticketId);
      ack?.({ ok: true, viewers: watching });
      socket.to(rooms.ticket(ticketId)).emit('viewers', { ticketId, viewers: watching });
    });

    socket.on('unwatch', (data) => {
      const parsed = consoleWatchSchema.safeParse(data);
      if (parsed.success) void leave(socket, parsed.data.ticketId);
    });

    socket.on('typing', async (data) => {
      const parsed = consoleTypingSchema.safeParse(data);
      const entry = parsed.success ? socket.data.watching[parsed.data.ticketId] : undefined;
      if (!parsed.success || !entry) return;
      const { ticketId, typing } = parsed.data;
      entry.typing = typing;
      socket.to(rooms.ticket(ticketId)).emit('viewers', { ticketId, viewers: await viewers.of(ticketId) });
      const ticket = await find(ticketId);
      if (ticket?.state === 'assigned' && ticket.operator_id === operator.id) {
        chat
          .to(rooms.conversation(ticket.conversation_id))
          .emit('typing', { typing, name: byFirstName(operator).name });
      }
    });

    socket.on('disconnecting', () => {
      for (const ticketId of Object.keys(socket.data.watching)) void leave(socket, ticketId);
    });
  }

  async function leave(socket: ConsoleSocket, ticketId: string): Promise<void> {
    delete socket.data.watching[ticketId];
    const ticket = await find(ticketId);
    await socket.leave(rooms.ticket(ticketId));
    if (ticket) await socket.leave(rooms.conversation(ticket.conversation_id));
    namespace.to(rooms.ticket(ticketId)).emit('viewers', { ticketId, viewers: await viewers.of(ticketId) });
  }

  const find = (ticketId: string) =>
    database.db
      .selectFrom('ticket')
      .select(['conversation_id', 'operator_id', 'queue_id', 'state'])
      .where('id', '=', ticketId)
      .executeTakeFirst();

  return viewers;
}

const roomsOf = (operator: ConsoleSocketData['operator']): string[] => [
  rooms.everyone,
  rooms.operator(operator.id),
  ...(supervises(operator) ? [rooms.floor] : operator.queueIds.map(rooms.queue)),
];

const watchingSchema = z.record(z.string(), z.object({ typing: z.boolean() }));

/** Asks every server process; a person with two windows open is one viewer. */
async function viewersOf(namespace: ConsoleNamespace, ticketId: string): Promise<Viewer[]> {
  const sockets = await namespace.in(rooms.ticket(ticketId)).fetchSockets();
  const viewers = new Map<string, Viewer>();
  for (const { data } of sockets) {
    const entry = watchingSchema.safeParse(data.watching).data?.[ticketId];
    if (!entry) continue;
    const typing = entry.typing || (viewers.get(data.operator.id)?.typing ?? false);
    viewers.set(data.operator.id, { operatorId: data.operator.id, name: data.operator.name, typing });
  }
  return [...viewers.values()];
}

/** Brings the rooms of connected operators in line with what they may hear now; who may not stay is put out. */
async function rejoin(context: AppContext, namespace: ConsoleNamespace): Promise<void> {
  for (const socket of namespace.sockets.values()) {
    const operator = await signedIn(context, headersOf({ headers: socket.handshake.headers }));
    if (!operator || operator.role === 'department') {
      socket.disconnect(true);
      continue;
    }
    const before = new Set(roomsOf(socket.data.operator));
    const after = new Set(roomsOf(operator));
    socket.data.operator = operator;
    await socket.join([...after]);
    for (const room of before) if (!after.has(room)) await socket.leave(room);
  }
}
