import { createPostgresBackend, createRedisBackend, type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { type Load, rate } from '../measure.ts';
import type { Stage } from '../stage.ts';

const QUEUE = 'bench-floor';
const UNDER_WAY = 50;

/** Bare BullMQ: jobs added one by one, 50 of them under way, and processed by a worker that does nothing, a second. */
export async function bareJobsPerSecond(stage: Stage, load: Load): Promise<number> {
  const awaited = new Map<string, () => void>();
  const process = async ({ name }: Job) => awaited.get(name)?.();
  const bare = stage.redisUrl ? onRedis(stage.redisUrl, process) : onPostgres(stage.databaseUrl, process);
  let count = 0;
  const jobs = await rate(UNDER_WAY, load, async () => {
    count += 1;
    const name = `job-${count}`;
    const processed = new Promise<void>((resolve) => awaited.set(name, resolve));
    await bare.queue.add(name, {}, { removeOnComplete: true });
    await processed;
    awaited.delete(name);
  });
  await bare.worker.close();
  await bare.queue.obliterate({ force: true });
  await bare.queue.close();
  await bare.close();
  return jobs;
}

type Process = (job: Job) => Promise<void>;

function onRedis(url: string, process: Process) {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  return {
    queue: new Queue(QUEUE, { connection }, createRedisBackend),
    worker: new Worker(QUEUE, process, { connection, concurrency: UNDER_WAY }, createRedisBackend),
    close: async () => connection.disconnect(),
  };
}

function onPostgres(url: string, process: Process) {
  const connection = new pg.Pool({ connectionString: url, max: 24, options: '-c search_path=bullmq' });
  return {
    queue: new Queue(QUEUE, { connection }, createPostgresBackend),
    worker: new Worker(QUEUE, process, { connection, concurrency: UNDER_WAY }, createPostgresBackend),
    close: () => connection.end(),
  };
}
