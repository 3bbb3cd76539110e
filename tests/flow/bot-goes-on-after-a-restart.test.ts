import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectResident, type ResidentClient } from '../support/resident-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createDatabase } from '../support/services.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let database: Awaited<ReturnType<typeof createDatabase>>;
let server: ServerProcess;

const settings = () => ({ DATABASE_URL: database.url, SECRET: 'a secret for tests, and for nothing else' });

beforeAll(async () => {
  database = await createDatabase();
  server = await startServerProcess({ env: settings(), timeout: 240_000 });
}, 300_000);

afterAll(async () => {
  await server?.stop();
  await database?.drop();
}, 120_000);

/** A server that has just started learns before it answers. */
const isAnswered = (resident: ResidentClient, text: string) =>
  until(() => resident.messages.some((message) => words(message).includes(text)), { what: text, timeout: 180_000 });

test('a report goes on where it was when the server was killed', { timeout: 400_000 }, async () => {
  const lupe = await connectResident(server.url);
  await lupe.say('hay un bache en hidalgo y madero, en el centro');
  await isAnswered(lupe, '¿Tienes una foto');
  lupe.leave();
  await server.kill();
  server = await startServerProcess({ env: settings(), port: server.port, timeout: 240_000 });

  const again = await lupe.again();
  await again.say('no tengo foto');
  await isAnswered(again, '¿Nos dejas tu nombre');
  await again.say('me llamo Lupe Mora y mi correo es lupe@example.org');
  const list = await again.reads('Esto es lo que voy a enviar');
  expect(words(list)).toContain('Hidalgo y Madero, Centro');
  await again.say('sí, envíalo');
  const filed = await again.reads('quedó registrado con el folio');
  expect(filed.parts.some((part) => part.type === 'folio' && part.secret !== null)).toBe(true);
  await again.say('¿cómo va mi reporte?');
  await again.reads('recibido');
  again.leave();
});
