import { z } from 'zod';
import type { AppContext } from '../context.ts';
import type { BoardState } from '../contract/board.ts';
import { AppError } from '../contract/errors.ts';
import { may } from '../contract/permissions.ts';
import { rooms } from '../contract/socket.ts';
import { consoleAnswering } from './console-answering.ts';
import type { ConsoleNamespace, ConsoleSocket } from './socket-server.ts';

const EVERY_MS = 1_000;

/**
 * Brings the board to whoever watches it: counted once a second for everybody of this process, and only while somebody
 * watches; told only when something changed.
 * @returns how to stop, and what takes somebody's board away who may no longer see it
 */
export function pushBoard(context: AppContext, namespace: ConsoleNamespace): () => void {
  const { board, log } = context;
  let told = { open: '', granted: '' };
  let busy = false;

  namespace.on('connection', (socket) => {
    consoleAnswering(socket, log)('board.watch', z.unknown(), async () => {
      if (!may(socket.data.operator, 'board.read')) throw new AppError('forbidden');
      const room = roomOf(socket);
      // Seen before it is joined: what changes from here on is told.
      const state = await board.current();
      await socket.join(room);
      return { state: room === rooms.board ? state.open : state.granted };
    });
    socket.on('board.unwatch', () => {
      void socket.leave(rooms.board);
      void socket.leave(rooms.protectedBoard);
    });
  });

  const timer = setInterval(async () => {
    if (busy || !isWatched(namespace)) return;
    busy = true;
    try {
      await putOutStrangers();
      const { open, granted } = await board.current();
      tell(rooms.board, 'open', open);
      tell(rooms.protectedBoard, 'granted', granted);
    } catch (error) {
      log.warn({ err: error }, 'the board was not told');
    } finally {
      busy = false;
    }
  }, EVERY_MS);

  /** Each process tells its own people: no message crosses processes for a figure everybody can count. */
  function tell(room: string, kind: 'open' | 'granted', state: BoardState): void {
    const same = JSON.stringify(state);
    if (same === told[kind]) return;
    told = { ...told, [kind]: same };
    namespace.local.to(room).emit('board', state);
  }

  /** People change role and grant while they watch. */
  async function putOutStrangers(): Promise<void> {
    for (const id of watchersOf(namespace)) {
      const socket = namespace.sockets.get(id);
      if (!socket) continue;
      const wanted = may(socket.data.operator, 'board.read') ? roomOf(socket) : null;
      for (const room of [rooms.board, rooms.protectedBoard]) {
        if (room !== wanted && socket.rooms.has(room)) await socket.leave(room);
      }
      if (wanted) await socket.join(wanted);
    }
  }

  return () => clearInterval(timer);
}

const roomOf = ({ data }: ConsoleSocket): string => (data.operator.protectedGrant ? rooms.protectedBoard : rooms.board);

const watchersOf = ({ adapter }: ConsoleNamespace): string[] => [
  ...(adapter.rooms.get(rooms.board) ?? []),
  ...(adapter.rooms.get(rooms.protectedBoard) ?? []),
];

const isWatched = (namespace: ConsoleNamespace): boolean => watchersOf(namespace).length > 0;
