import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { api } from '../../../server/contract/routes.ts';
import { connectOperator } from '../../support/operator-client.ts';
import { openChatSocket } from '../../support/resident-client.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { startBareSockets } from '../floors/bare-sockets.ts';
import { openDurableInserts } from '../floors/durable-inserts.ts';
import { type Load, latencies, percentile } from '../measure.ts';
import type { Row } from '../report.ts';
import { disconnect, openResidents } from '../residents.ts';
import { password, type Stage } from '../stage.ts';

const RESIDENTS = 20;
const PER_SECOND = 40;

export async function shownToOperator(stage: Stage, server: ServerProcess, load: Load): Promise<Row> {
  const echo = await echoP95(load);
  const inserts = await openDurableInserts(stage.databaseUrl);
  const commit = await inserts.commitP95(PER_SECOND, load);
  await inserts.close();
  return {
    id: 'shown_to_operator_p95_ms',
    what: "Resident's message → shown to the operator, p95",
    value: await shownP95(server, load),
    unit: 'ms',
    floor: {
      value: echo + commit,
      what: `bare Socket.IO echo (p95 ${echo.toFixed(2)} ms) + one durable commit (p95 ${commit.toFixed(2)} ms)`,
    },
    target: { atMost: 2 },
  };
}

/** One operator holds every conversation, as a supervisor may; residents write at a steady pace. */
async function shownP95(server: ServerProcess, load: Load): Promise<number> {
  const operator = await connectOperator(server.url, 'elena@veracruz.example.org', password);
  const awaited = new Map<string, () => void>();
  operator.socket.on('message', ({ message }) => awaited.get(message.clientId ?? '')?.());

  const residents = await openResidents(server.url, RESIDENTS);
  for (const resident of residents) {
    const { ticketId } = await resident.say('Quiero hablar con una persona');
    if (ticketId) await operator.call(api.takeTicket, { params: { id: ticketId } });
  }
  const taken = await latencies(PER_SECOND, load, async (turn) => {
    const clientId = randomUUID();
    const shown = new Promise<void>((resolve) => awaited.set(clientId, resolve));
    await Promise.all([shown, residents[turn % RESIDENTS]?.say('¿Me puede decir cuánto falta?', clientId)]);
    awaited.delete(clientId);
  });
  disconnect(residents);
  operator.leave();
  return percentile(taken, 0.95);
}

async function echoP95(load: Load): Promise<number> {
  const server = await startBareSockets();
  const sockets = Array.from({ length: RESIDENTS }, () => openChatSocket(server.url));
  await Promise.all(sockets.map((socket) => once(socket as never, 'connect')));
  const parts = [{ type: 'text' as const, text: '¿Me puede decir cuánto falta?' }];
  const taken = await latencies(PER_SECOND, load, async (turn) => {
    await sockets[turn % RESIDENTS]?.emitWithAck('send', { clientId: randomUUID(), parts });
  });
  for (const socket of sockets) socket.disconnect();
  await server.stop();
  return percentile(taken, 0.95);
}
