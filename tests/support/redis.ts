import { Redis } from 'ioredis';
import { freePort } from '../../server/database/free-port.ts';
import { startProcess } from './child-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

export interface TestRedis {
  url: string;
  pid: number;
  /** Forgets everything, as a job store that was lost does. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** A real redis-server that keeps nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const folder = await temporaryFolder('redis');
  const port = await freePort();
  const flags = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder.path,
  ];
  const process = await startProcess('redis-server', flags, {});
  const url = `redis://127.0.0.1:${port}`;
  const ask = async (command: (redis: Redis) => Promise<unknown>) => {
    const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
    redis.on('error', () => {});
    try {
      await redis.connect();
      return await command(redis);
    } finally {
      redis.disconnect();
    }
  };
  await until(() => ask((redis) => redis.ping()), { what: `redis-server on port ${port}` });
  return {
    url,
    pid: process.pid,
    empty: async () => void (await ask((redis) => redis.flushall())),
    stop: async () => {
      await process.end('SIGTERM');
      await folder.remove();
    },
  };
}
