import { io, type Socket } from 'socket.io-client';
import type { ConsoleClientEvents, ConsoleServerEvents } from '../../../server/contract/socket.ts';

export type ConsoleSocket = Socket<ConsoleServerEvents, ConsoleClientEvents>;

let socket: ConsoleSocket | null = null;

/** The one connection of this tab; it opens with `connect()` once somebody is signed in. */
export function consoleSocket(): ConsoleSocket {
  socket ??= io('/console', { autoConnect: false, transports: ['websocket', 'polling'], reconnectionDelayMax: 5_000 });
  return socket;
}
