import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { TestDatabase } from '../support/database.ts';
import { connectOperator, type OperatorClient } from '../support/operator-client.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { connectResident, type ResidentClient } from '../support/resident-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createDatabase } from '../support/services.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const password = 'contraseña-de-prueba';
let database: TestDatabase;
let redis: TestRedis;
let folder: TemporaryFolder;
let env: Record<string, string>;
let north: ServerProcess;
let south: ServerProcess;
let ana: OperatorClient;
let admin: OperatorClient;
const people: { leave(): void }[] = [];

beforeAll(async () => {
  [database, redis, folder] = await Promise.all([createDatabase(), startRedis(), temporaryFolder('two-servers')]);
  env = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    DATA_DIR: folder.path,
    SECRET: 'a secret that both servers share, as they must',
    SAMPLE_PASSWORD: password,
    PRESENCE_LEASE_SECONDS: '20',
  };
  north = await startServerProcess({ env });
  south = await startServerProcess({ env });
  ana = await operatorAt(south, 'ana');
  admin = await operatorAt(north, 'fernando');
});

afterAll(async () => {
  for (const person of people) person.leave();
  await Promise.all([north?.stop(), south?.stop()]);
  await redis?.stop();
  await database?.drop();
  await folder?.remove();
});

async function operatorAt(server: ServerProcess, name: string): Promise<OperatorClient> {
  const operator = await connectOperator(server.url, `${name}@veracruz.example.org`, password);
  people.push(operator);
  return operator;
}

async function residentAt(server: ServerProcess, options = {}): Promise<ResidentClient> {
  const resident = await connectResident(server.url, options);
  people.push(resident);
  return resident;
}

test('a resident on one, an operator on the other: the whole way of a contact', async () => {
  const lupe = await residentAt(north);
  await lupe.say('Hola');
  await lupe.reads('asistente virtual');
  await lupe.say('Quiero hablar con una persona');
  await lupe.ticketBecomes({ state: 'waiting', position: 1 });

  await ana.available();
  const offer = await until(() => ana.heard('offer').at(-1), { what: 'the ring at the other server' });
  const ticket = await ana.call(api.acceptOffer, { params: { id: offer.id } });
  await lupe.ticketBecomes({ state: 'assigned', operatorName: 'Ana' });

  await ana.watch(ticket.id);
  lupe.socket.emit('typing', { typing: true });
  await until(() => ana.heard('citizen.typing').some(({ typing }) => typing), { what: 'Lupe typing' });
  ana.socket.emit('typing', { ticketId: ticket.id, typing: true });
  await until(() => lupe.typing === 'Ana', { what: 'Ana typing' });

  const said = await lupe.say('Se fue la luz de mi calle');
  await until(() => ana.heard('message').some(({ message }) => message.id === said.id), { what: 'Lupe’s message' });
  const photo = await lupe.upload('nota.txt', 'calle Zaragoza');
  await lupe.say([{ type: 'media', attachmentId: photo.id }]);
  const file = await fetch(`${south.url}/api/v1/files/${photo.id}`, { headers: { cookie: ana.cookie } });
  expect(await file.text()).toBe('calle Zaragoza');

  const answer = await ana.say(ticket.id, 'Ya va la cuadrilla');
  await lupe.reads('la cuadrilla');
  await lupe.ask('receipt', { read: answer.seq });
  await until(() => ana.heard('cursors').some(({ cursors }) => cursors.citizenRead === answer.seq), {
    what: 'the read mark',
  });
  // A colleague at the first server sees who looks.
  expect((await admin.watch(ticket.id)).map(({ name }) => name)).toContain('Ana Ruiz');

  await ana.close(ticket.id);
  await lupe.ticketBecomes({ state: 'closed', ratable: true });
  await ana.away();
});

test('asked by one server, taken back by the other: the resident knows that they wait', async () => {
  const anaNorth = await operatorAt(north, 'ana');
  const lupe = await residentAt(north);
  await lupe.say('Quiero hablar con una persona');
  await lupe.ticketBecomes({ state: 'waiting' });
  for (let round = 0; round < 6; round += 1) {
    const [here, there] = round % 2 === 0 ? [ana, anaNorth] : [anaNorth, ana];
    await here.available();
    await here.offered();
    await lupe.ticketBecomes({ state: 'offered' });
    await there.away();
    await lupe.ticketBecomes({ state: 'waiting' });
  }
  await lupe.ask('end');
});

test('two windows of one resident, one at each server, show the same', async () => {
  const here = await residentAt(north);
  await here.say('Hola');
  await here.reads('asistente virtual');
  const there = await residentAt(south, { token: here.token });
  expect(there.messages.map(({ id }) => id)).toEqual(here.messages.map(({ id }) => id));
  const fromThere = await there.say('Reportar un bache');
  await until(() => here.messages.some(({ id }) => id === fromThere.id), { what: 'the other window’s message' });
  const fromHere = await here.say('En la calle Zaragoza');
  await until(() => there.messages.some(({ id }) => id === fromHere.id), { what: 'the other window’s message' });
  await here.ask('end');
});

test('settings saved at one reach widgets at the other', async () => {
  const lupe = await residentAt(south);
  const settings = await admin.call(api.chatSettings);
  await admin.call(api.saveChatSettings, { body: { ...settings, color: '#123456' } });
  await until(
    () =>
      lupe.pushed.some(({ event, data }) => event === 'settings' && (data as { color: string }).color === '#123456'),
    {
      what: 'the new colour',
    },
  );
});

test('somebody disabled at one server is out at the other', async () => {
  const carmen = await operatorAt(south, 'carmen');
  await admin.call(api.updateOperator, { params: { id: carmen.id }, body: { disabled: true } });
  expect(await carmen.refused(api.session)).toMatchObject({ status: 401 });
  await until(() => !carmen.socket.connected, { what: 'Carmen’s connection to end' });
});

test('a server that is killed leaves its people to the other, and nothing is lost', async () => {
  const lupe = await residentAt(north);
  await lupe.say('Quiero hablar con una persona');
  await lupe.ticketBecomes({ state: 'waiting' });
  await ana.available();
  const ticket = await ana.accepts();
  await ana.say(ticket.id, 'Dime');
  await lupe.reads('Dime');
  const seen = lupe.messages;

  await north.kill();
  await ana.say(ticket.id, '¿Sigues ahí?');
  const back = await lupe.again({ url: south.url, after: seen.at(-1)?.seq });
  people.push(back);
  expect(back.messages.map(({ parts }) => parts[0])).toEqual([{ type: 'text', text: '¿Sigues ahí?' }]);
  const said = await back.say('Sí, se cayó la red');
  await until(() => ana.heard('message').some(({ message }) => message.id === said.id), { what: 'Lupe’s message' });

  north = await startServerProcess({ env, port: north.port });
  const again = await residentAt(north, { token: lupe.token });
  const { messages } = await ana.open(ticket.id);
  expect(again.messages.map(({ id }) => id)).toEqual(messages.map(({ id }) => id));
  expect(again.messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
  await ana.close(ticket.id);
});

test('the job store emptied, a question is still answered', async () => {
  const lupe = await residentAt(south);
  await lupe.say('Hola');
  await redis.empty();
  await lupe.say('Quiero hablar con una persona');
  await redis.empty();
  await lupe.isTold('handed_off');
});
