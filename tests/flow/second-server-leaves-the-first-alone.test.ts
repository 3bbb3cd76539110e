import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../server/database/free-port.ts';
import { runServer, type ServerProcess, startServerProcess } from '../support/server-process.ts';

let first: ServerProcess;

beforeAll(async () => {
  first = await startServerProcess();
});

afterAll(() => first?.stop());

test('a second server on the same data directory says who has it, in one line, and ends', async () => {
  const second = await runServer({ HOST: '127.0.0.1', PORT: String(await freePort()), DATA_DIR: first.dataDir });

  expect(await second.exit()).toMatchObject({ code: 1 });
  const lines = second.output().trim().split('\n');
  expect(lines).toEqual([
    expect.stringContaining(`Otro servidor (pid ${first.pid}) ya usa DATA_DIR ${first.dataDir}; no se tocó nada.`),
  ]);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

test('a server that was killed leaves its place to the next one, data and all', async () => {
  const { port, dataDir } = first;
  await first.kill();
  const next = await startServerProcess({ port, env: { DATA_DIR: dataDir } });
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
  await next.stop();
  first = await startServerProcess({ env: { DATA_DIR: dataDir } });
});
