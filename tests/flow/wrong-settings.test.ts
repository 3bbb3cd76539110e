import { expect, test } from 'vitest';
import { runServer } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function starts(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const folder = await temporaryFolder('settings');
  const server = await runServer({ DATA_DIR: folder.path, PORT: '0', HOST: '127.0.0.1', ...env });
  const { code } = await server.exit();
  await folder.remove();
  return { code, lines: server.output().trim().split('\n') };
}

test('wrong settings end the start with one line that names every one of them, and none of their values', async () => {
  const { code, lines } = await starts({
    PORT: 'ochenta',
    DATABASE_URL: 'mysql://root:contraseña-secreta@localhost/x',
    REDIS_URL: 'localhost',
    SECRET: 'secreto-corto',
    PRESENCE_LEASE_SECONDS: '0',
    LOG_LEVEL: 'loud',
    CITY: '../../etc',
    TRUST_PROXY: 'perhaps',
  });
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  for (const key of [
    'PORT',
    'DATABASE_URL',
    'REDIS_URL',
    'SECRET',
    'PRESENCE_LEASE_SECONDS',
    'LOG_LEVEL',
    'CITY',
    'TRUST_PROXY',
  ]) {
    expect(lines[0]).toContain(key);
  }
  expect(lines[0]).not.toMatch(/contraseña-secreta|secreto-corto/);
});

test('a city that is not there is named', async () => {
  const { code, lines } = await starts({ CITY: 'atlantis', DATABASE_URL: 'postgres://127.0.0.1:1/x' });
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('atlantis');
});

test('a database that does not answer is named, without its password', async () => {
  const { code, lines } = await starts({ DATABASE_URL: 'postgres://linea:clave-secreta@127.0.0.1:1/linea' });
  expect(code).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('DATABASE_URL');
  expect(lines.join()).not.toContain('clave-secreta');
});
