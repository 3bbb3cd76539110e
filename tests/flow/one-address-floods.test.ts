import pg from 'pg';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { runFlood } from '../support/flood.ts';
import { connectResident, openChatSocket, type ResidentClient } from '../support/resident-client.ts';
import { startServerProcess } from '../support/server-process.ts';
import { createDatabase } from '../support/services.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { CHAT_CONNECTIONS_PER_ADDRESS: 20, TRUST_PROXY: 'true' } });
});

afterAll(() => centre?.stop());

/** A connection of somebody behind the city's proxy. */
const from = (address: string) => openChatSocket(centre.url, { extraHeaders: { 'x-forwarded-for': address } });

function arrives(socket: ReturnType<typeof from>): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  });
}

test('hundreds of connections of one address: the first are served, and nobody else is turned away', async () => {
  const crowd = Array.from({ length: 300 }, () => from('203.0.113.9'));
  const served = (await Promise.all(crowd.map(arrives))).filter(Boolean);
  expect(served).toHaveLength(20);
  const other = from('203.0.113.10');
  expect(await arrives(other)).toBe(true);
  // What a client claims in front of the proxy counts for nothing.
  const liar = from('198.51.100.1, 203.0.113.9');
  expect(await arrives(liar)).toBe(false);
  for (const socket of [...crowd, other, liar]) socket.disconnect();
});

test('hanging up and calling again is no way around the limit', async () => {
  const perAddress = centre.server.context.config.CHAT_MESSAGES_PER_SECOND_PER_ADDRESS;
  let answered = 0;
  let refused = 0;
  for (let call = 0; call < 20 && refused === 0; call += 1) {
    const socket = from('203.0.113.77');
    const answers = await Promise.all(
      Array.from(
        { length: 20 },
        () => socket.emitWithAck('sync', { after: 0 }) as Promise<{ error?: { code: string } }>,
      ),
    );
    refused += answers.filter(({ error }) => error?.code === 'rate_limited').length;
    answered += answers.filter(({ error }) => error?.code !== 'rate_limited').length;
    socket.disconnect();
  }
  expect(refused).toBeGreaterThan(0);
  expect(answered).toBeLessThan(perAddress * 8);
});

test('a line that joins no namespace of ours is refused', async () => {
  const socket = io(centre.url, { transports: ['websocket'], forceNew: true, reconnection: false });
  const error = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
  expect(error.message).toBe('not_found');
  socket.disconnect();
});

test('whatever one address pours in, others are answered and little of it is stored', async () => {
  const database = await createDatabase();
  const server = await startServerProcess({ env: { DATABASE_URL: database.url } });
  try {
    const lupe = await connectResident(server.url);
    const flood = await runFlood(server.url, { fromAddress: '127.0.0.2', sockets: 10, seconds: 4 });
    await flood.begun;
    // Each is acknowledged while the flood goes on; how quickly is for the bench to say.
    for (let index = 0; index < 12; index += 1) await lupe.say(`mensaje ${index}`);
    const { sent } = await flood.done;
    expect(sent).toBeGreaterThan(2_000);
    expect(await storedOfOthers(database.url, lupe)).toBeLessThan(50 * 4 + 50 * 8);
    expect(lupe.messages.filter(({ direction }) => direction === 'in')).toHaveLength(12);
    lupe.leave();
  } finally {
    await server.stop();
    await database.drop();
  }
});

/** What the flood brought into the database. */
async function storedOfOthers(url: string, lupe: ResidentClient): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `select count(*)::int as count from message where direction = 'in' and conversation_id <> $1`,
    [lupe.messages[0]?.conversationId],
  );
  await client.end();
  return rows[0].count;
}
