import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../server/database/free-port.ts';
import { runServer, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;
let env: Record<string, string>;
let first: ServerProcess;

beforeAll(async () => {
  folder = await temporaryFolder('second-server');
  env = { DATA_DIR: folder.path };
  first = await startServerProcess({ env });
});

afterAll(async () => {
  await first?.stop();
  await folder.remove();
});

test('a second server on the same data directory says who has it, in one line, and ends', async () => {
  const second = await runServer({ ...env, HOST: '127.0.0.1', PORT: String(await freePort()) });

  expect(await second.exit()).toMatchObject({ code: 1 });
  const lines = second.output().trim().split('\n');
  expect(lines).toEqual([
    expect.stringContaining(`Another server (pid ${first.pid}) is using DATA_DIR ${folder.path}; nothing was touched.`),
  ]);
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});

test('a server that was killed leaves its place to the next one', async () => {
  await first.kill();
  first = await startServerProcess({ env, port: first.port });
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
});
