import { once } from 'node:events';
import { openChatSocket } from '../../support/resident-client.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { startBareSockets } from '../floors/bare-sockets.ts';
import { settledMemory } from '../memory.ts';
import type { Row } from '../report.ts';
import { granted } from '../residents.ts';

const CONNECTIONS = 2_000;
const AT_ONCE = 50;

export async function idleConnections(server: ServerProcess): Promise<Row> {
  const bare = await startBareSockets();
  const floor = await growth(bare, async (socket) => void (await once(socket as never, 'connect')));
  await bare.stop();
  const value = await growth(server, async (socket) => void granted(await socket.emitWithAck('hello', {})));
  return {
    id: 'idle_connection_kib',
    what: `Memory of an idle chat connection, of ${CONNECTIONS.toLocaleString('en')}`,
    value,
    unit: 'KiB',
    floor: { value: floor, what: 'bare Socket.IO, websocket only' },
    target: { atMost: 1.5 },
  };
}

/** KiB a connection by which the process grows. */
async function growth(
  server: { url: string; pid: number },
  greet: (socket: ReturnType<typeof openChatSocket>) => Promise<void>,
): Promise<number> {
  const before = await settledMemory(server.pid);
  const sockets: ReturnType<typeof openChatSocket>[] = [];
  while (sockets.length < CONNECTIONS) {
    const next = Array.from({ length: AT_ONCE }, () => openChatSocket(server.url));
    await Promise.all(next.map(greet));
    sockets.push(...next);
  }
  const after = await settledMemory(server.pid);
  for (const socket of sockets) socket.disconnect();
  return (after - before) / CONNECTIONS;
}
