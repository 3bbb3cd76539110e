import type { AppContext } from '../context.ts';
import type { Operator } from '../contract/http.ts';
import { rooms } from '../contract/socket.ts';
import { type Actor, maySee, supervises } from '../operators/actor.ts';
import { caseRoomsOf } from './case-push.ts';
import type { ConsoleNamespace, ConsoleSocket } from './socket-server.ts';

/** How long a change made through another server process, or a session's end by age, may go unnoticed. */
const LOOK_AGAIN_MS = 10_000;

type SeenTicket = Parameters<typeof maySee>[1];

interface Doors {
  /** Who is behind a connection now; null when its session is over. */
  whoIs(socket: ConsoleSocket): Promise<Operator | null>;
  find(ticketId: string): Promise<SeenTicket | undefined>;
  leave(socket: ConsoleSocket, ticketId: string): Promise<void>;
}

export const roomsOf = (operator: Actor): string[] =>
  operator.role === 'department' ? [rooms.operator(operator.id), ...caseRoomsOf(operator)] : deskRoomsOf(operator);

const deskRoomsOf = (operator: Actor): string[] => [
  rooms.everyone,
  ...caseRoomsOf(operator),
  rooms.operator(operator.id),
  ...(supervises(operator) ? [rooms.floor] : operator.queueIds.map(rooms.queue)),
  ...(operator.protectedGrant ? [rooms.granted] : []),
  ...(operator.protectedGrant && supervises(operator) ? [rooms.protectedFloor] : []),
];

/**
 * A connection outlives the request that opened it: sessions end, people change role and queue, tickets move to
 * queues of others. Brings what each connection of this process hears in line with what it may hear now.
 * @returns stops it
 */
export function startConsoleGuard(context: AppContext, namespace: ConsoleNamespace, doors: Doors): () => Promise<void> {
  const { bus, log } = context;
  let round: Promise<void> = Promise.resolve();

  async function look(socket: ConsoleSocket): Promise<void> {
    const operator = await doors.whoIs(socket);
    if (!operator) return void socket.disconnect(true);
    const after = new Set(roomsOf(operator));
    const gone = roomsOf(socket.data.operator).filter((room) => !after.has(room));
    socket.data.operator = operator;
    await socket.join([...after]);
    for (const room of gone) await socket.leave(room);
    for (const ticketId of Object.keys(socket.data.watching)) {
      const ticket = await doors.find(ticketId);
      if (!ticket || !maySee(operator, ticket)) await doors.leave(socket, ticketId);
    }
  }

  function lookAtAll(): void {
    round = round.then(async () => {
      for (const socket of namespace.sockets.values()) {
        await look(socket).catch((error) => log.warn({ err: error }, 'a connection could not be checked'));
      }
    });
  }

  bus.subscribe('configuration.changed', (what) => {
    if (what === 'operators' || what === 'queues') lookAtAll();
  });
  bus.subscribe('session.ended', lookAtAll);
  const timer = setInterval(lookAtAll, LOOK_AGAIN_MS);
  return async () => {
    clearInterval(timer);
    await round;
  };
}
