import type { AppContext } from '../context.ts';
import type { Me } from '../contract/http.ts';
import { may } from '../contract/permissions.ts';
import { rooms } from '../contract/socket.ts';
import { type Actor, maySee } from '../operators/actor.ts';
import { caseRoomsOf } from './case-push.ts';
import type { ConsoleNamespace, ConsoleSocket } from './socket-server.ts';

/** How long a change made through another server process, or a session's end by age, may go unnoticed. */
const LOOK_AGAIN_MS = 10_000;

type SeenTicket = Parameters<typeof maySee>[1];

interface Doors {
  /** Who is behind a connection now; null when its session is over. */
  whoIs(socket: ConsoleSocket): Promise<Me | null>;
  find(ticketId: string): Promise<SeenTicket | undefined>;
  leave(socket: ConsoleSocket, ticketId: string): Promise<void>;
}

export const roomsOf = (operator: Actor): string[] => [
  rooms.operator(operator.id),
  ...caseRoomsOf(operator),
  ...broadcastRoomsOf(operator),
  ...(may(operator, 'contacts.read') ? deskRoomsOf(operator) : []),
];

/** Notices are about cases of every department. */
const broadcastRoomsOf = (operator: Actor): string[] =>
  may(operator, 'broadcasts.write') && may(operator, 'cases.all')
    ? [rooms.broadcasts, ...(operator.protectedGrant ? [rooms.protectedBroadcasts] : [])]
    : [];

/** Whether somebody may do the same as before. */
const maySame = (before: Me, now: Me): boolean =>
  before.permissions.join() === now.permissions.join() && before.protectedGrant === now.protectedGrant;

const deskRoomsOf = (operator: Actor): string[] => [
  rooms.everyone,
  ...(may(operator, 'contacts.all') ? [rooms.floor] : operator.queueIds.map(rooms.queue)),
  ...(operator.protectedGrant ? [rooms.granted] : []),
  ...(operator.protectedGrant && may(operator, 'contacts.all') ? [rooms.protectedFloor] : []),
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
    const before = socket.data.operator;
    const gone = roomsOf(before).filter((room) => !after.has(room));
    socket.data.operator = operator;
    if (!maySame(before, operator)) socket.emit('access.changed', { operator });
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
