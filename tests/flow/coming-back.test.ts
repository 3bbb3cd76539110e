import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { TestDatabase } from '../support/database.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { connectResident } from '../support/resident-client.ts';
import { createDatabase } from '../support/services.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

let database: TestDatabase;
let folder: TemporaryFolder;
let centre: ContactCentre;
let ana: OperatorClient;

const start = () => startContactCentre({ databaseUrl: database.url, dataDir: folder.path });

beforeAll(async () => {
  [database, folder] = await Promise.all([createDatabase(), temporaryFolder('coming-back')]);
  centre = await start();
  ana = await centre.operator('ana');
});

afterAll(async () => {
  await centre?.stop();
  await database?.drop();
  await folder?.remove();
});

test('two windows of one resident show the same', async () => {
  const here = await centre.resident();
  const there = await here.again();
  const first = await here.say('Hola');
  await there.reads('Hola');
  await there.reads('asistente virtual');
  const second = await there.say('Quiero hablar con una persona');
  await until(() => here.messages.some(({ id }) => id === second.id), { what: 'the other window’s message' });
  await until(() => there.ticket?.state === 'waiting' && here.ticket?.state === 'waiting', { what: 'the place' });
  await here.sync();
  await there.sync();
  expect(there.messages).toEqual(here.messages);
  expect(here.messages[0]?.id).toBe(first.id);
  // What one of them has read, the other shows as read.
  await there.ask('receipt', { read: second.seq });
  await until(() => here.cursors.citizenRead >= second.seq, { what: 'the read mark' });
  await here.ask('end');
});

test('in another language: the bot follows', async () => {
  const lupe = await centre.resident({ locale: 'es' });
  await lupe.say('Hola');
  await lupe.reads('asistente virtual');
  const back = await lupe.again({ locale: 'en' });
  await back.say('xyzzy plugh');
  await back.reads('Sorry, I did not understand');
  await back.ask('locale', { locale: 'es' });
  await back.say('xyzzy plugh');
  await back.reads('Creo que esto lo resuelve mejor una persona');
  await back.ask('end');
});

test('behind a cursor: what came meanwhile, in order, page after page, whatever was missed', async () => {
  const lupe = await centre.resident();
  await lupe.say('Hola');
  await lupe.reads('asistente virtual');
  const { ticketId } = lupe.messages[0] ?? {};
  await ana.call(api.takeTicket, { params: { id: ticketId ?? '' } });
  await lupe.isTold('operator_joined');
  const last = lupe.messages.at(-1)?.seq ?? 0;
  lupe.leave();
  for (let index = 1; index <= 60; index += 1) await ana.say(ticketId ?? '', `mensaje ${index}`);

  const back = await lupe.again({ after: last });
  expect(back.welcome.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, i) => last + 1 + i));
  await back.sync();
  expect(back.messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, i) => last + 1 + i));
  expect(back.messages.at(-1)?.parts).toEqual([{ type: 'text', text: 'mensaje 60' }]);

  const fresh = await lupe.again();
  expect(fresh.welcome).toMatchObject({ hasEarlier: true, lastSeq: last + 60 });
  const earlier = await fresh.ask('history', { before: fresh.messages[0]?.seq });
  expect((earlier.messages as { seq: number }[])[0]?.seq).toBe(1);

  // A cursor from a backup that was not restored: the widget starts over from what is stored.
  const future = await lupe.again({ after: 10_000 });
  expect(future.messages.at(-1)?.seq).toBe(last + 60);
  await ana.close(ticketId ?? '');
});

test('after the server was restarted: exactly what is stored, and the contact goes on', async () => {
  const lupe = await centre.resident();
  await lupe.say('Quiero hablar con una persona');
  await lupe.ticketBecomes({ state: 'waiting' });
  await lupe.sync();
  const before = lupe.messages;
  const { cookie } = ana;
  await centre.stop();

  centre = await start();
  const back = await connectResident(centre.url, { token: lupe.token });
  expect(back.messages).toEqual(before);
  expect(back.ticket).toMatchObject({ id: lupe.ticket?.id, state: 'waiting', position: 1 });
  const session = await fetch(`${centre.url}/api/v1/session`, { headers: { cookie } });
  expect(session.status, 'the operator is still signed in').toBe(200);

  ana = await centre.operator('ana');
  await ana.available();
  const ticket = await ana.accepts();
  expect(ticket.id).toBe(lupe.ticket?.id);
  await back.ticketBecomes({ operatorName: 'Ana' });
  await ana.close(ticket.id);
  back.leave();
});
