import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

let centre: ContactCentre;
let holder: pg.Client;

beforeAll(async () => {
  centre = await startContactCentre();
  holder = new pg.Client({ connectionString: centre.databaseUrl });
  await holder.connect();
});

afterAll(async () => {
  await holder?.end();
  await centre?.stop();
});

test('while somebody holds one conversation, others are stored and answered; its own messages follow in order', async () => {
  const held = await centre.resident();
  const { conversationId } = await held.say('Hola');
  await held.reads('¿');
  const other = await centre.resident();

  await holder.query('begin');
  await holder.query('select from conversation where id = $1 for update', [conversationId]);
  const waiting = [held.say('Primero'), held.say('Segundo')];
  const first = await other.say('¿Qué necesito para un acta de nacimiento?');
  await other.reads('acta');
  const stored = await holder.query('select count(*)::int as count from message where conversation_id = $1', [
    conversationId,
  ]);
  expect(stored.rows).toEqual([{ count: 2 }]);
  await holder.query('commit');

  const [one, two] = await Promise.all(waiting);
  expect(first.seq).toBe(1);
  expect([one?.seq, two?.seq]).toEqual([3, 4]);
});
