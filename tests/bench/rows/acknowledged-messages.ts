import type { ServerProcess } from '../../support/server-process.ts';
import { openDurableInserts } from '../floors/durable-inserts.ts';
import { type Load, rate } from '../measure.ts';
import type { Row } from '../report.ts';
import { disconnect, openResidents } from '../residents.ts';
import type { Stage } from '../stage.ts';

const SOCKETS = 200;
/** Messages each resident has under way; one would leave the line idle for a round trip. */
const UNDER_WAY = 4;

export async function acknowledgedMessages(stage: Stage, server: ServerProcess, load: Load): Promise<Row> {
  const inserts = await openDurableInserts(stage.databaseUrl);
  const floor = await inserts.perSecond(load);
  await inserts.close();

  // They wait for a person, so that this row is about taking in and the next one about answering.
  const residents = await openResidents(server.url, SOCKETS);
  await Promise.all(residents.map((resident) => resident.ask('Quiero hablar con una persona')));
  let count = 0;
  const value = await rate(SOCKETS * UNDER_WAY, load, async (worker) => {
    count += 1;
    await residents[worker % SOCKETS]?.say(`Sigo esperando en la ventanilla, aviso ${count}`);
  });
  disconnect(residents);
  return {
    id: 'acknowledged_messages_per_second',
    what: `Chat messages acknowledged durably, ${SOCKETS} sockets`,
    value,
    unit: '/s',
    floor: { value: floor, what: 'bare inserts, one row and one commit a message, 50 clients' },
    target: { atLeast: 0.5 },
  };
}
