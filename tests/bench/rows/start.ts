import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '../../../server/database/free-port.ts';
import { startProcess } from '../../support/child-process.ts';
import { until } from '../../support/until.ts';
import { settledMemory } from '../memory.ts';
import type { Row } from '../report.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** `npm start` on data that is there, as whoever installed it types it, PostgreSQL's own start included. */
export async function start(dataDir: string, redisUrl: string | null): Promise<Row[]> {
  const port = await freePort();
  const begun = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const npm = await startProcess('npm', ['start'], {
    cwd: root,
    env: {
      PATH,
      HOME,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      ...(redisUrl && { REDIS_URL: redisUrl }),
    },
  });
  const ready = async () => npm.hasEnded() || (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  await until(ready, { timeout: 60_000, what: 'npm start' });
  if (npm.hasEnded()) throw new Error(`npm start ended:\n${npm.output()}`);
  const seconds = (performance.now() - begun) / 1_000;

  const pid = Number(await readFile(path.join(dataDir, 'server.pid'), 'utf8'));
  const memory = (await settledMemory(pid)) / 1_024;
  process.kill(pid, 'SIGTERM');
  await npm.exit();
  return [
    {
      id: 'start_seconds',
      what: 'npm start with data present → ready',
      value: seconds,
      unit: 's',
      target: { atMost: 4 },
    },
    {
      id: 'server_memory_mb',
      what: 'Server process after its start, idle',
      value: memory,
      unit: 'MB',
      target: { atMost: 220 },
    },
  ];
}
