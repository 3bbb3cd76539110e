import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, createRedisBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from 'pino';
import { type JobQueueName, queuesInUse } from '../contract/jobs.ts';
import { queuePolicies } from './queues.ts';

/** Longer than any job takes that goes well. */
const CLOSE_MS = 10_000;

export interface PlannedJob {
  name: string;
  data: unknown;
  delayMs: number;
}

export type AnyQueue = Queue<unknown, unknown, string>;

/**
 * Where jobs wait: BullMQ on Redis or on PostgreSQL, or for simulated time `stepped-job-store.ts`. All that the rest of
 * the server knows of any.
 */
export interface JobStore {
  readonly kind: 'redis' | 'postgresql' | 'memory';
  readonly queues: ReadonlyMap<JobQueueName, AnyQueue>;
  add(queue: JobQueueName, jobs: PlannedJob[]): Promise<void>;
  /** Begins to take jobs of `queue`. */
  work(queue: JobQueueName, handle: (name: string, data: unknown) => Promise<void>): void;
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface Backend {
  kind: JobStore['kind'];
  makeQueue(name: JobQueueName): AnyQueue;
  makeWorker(name: JobQueueName, handle: (name: string, data: unknown) => Promise<void>): Worker;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** @param redisUrl absent: the jobs live in PostgreSQL, beside the data */
export async function openJobStore(databaseUrl: string, redisUrl: string | undefined, log: Logger): Promise<JobStore> {
  const backend = redisUrl ? redisBackend(redisUrl, log) : await postgresBackend(databaseUrl, log);
  const queues = new Map<JobQueueName, AnyQueue>();
  for (const name of queuesInUse) {
    const queue = backend.makeQueue(name);
    queue.on('error', (error) => log.warn({ err: error, queue: name }, 'job store'));
    queues.set(name, queue);
  }
  const workers: Worker[] = [];
  let closed = false;
  return {
    kind: backend.kind,
    queues,
    async add(name, jobs) {
      const { attempts, backoff, keepFailed } = queuePolicies[name];
      const opts = {
        attempts,
        backoff: { type: 'exponential', delay: backoff, jitter: 0.3 },
        removeOnComplete: true,
        removeOnFail: { count: keepFailed },
      };
      await queues
        .get(name)
        ?.addBulk(jobs.map((job) => ({ name: job.name, data: job.data, opts: { ...opts, delay: job.delayMs } })));
    },
    work(name, handle) {
      if (closed) return;
      const worker = backend.makeWorker(name, handle);
      worker.on('error', (error) => log.warn({ err: error, queue: name }, 'job store'));
      worker.on('failed', (job, error) =>
        log.error({ err: error, job: job?.name, attempt: job?.attemptsMade }, 'job failed'),
      );
      workers.push(worker);
    },
    ping: backend.ping,
    async close() {
      closed = true;
      const ends = [
        ['workers', () => Promise.all(workers.map((worker) => worker.close()))],
        ['queues', () => Promise.all([...queues.values()].map((queue) => queue.close()))],
        ['connections', () => backend.close()],
      ] as const;
      for (const [what, end] of ends) {
        if (!(await endsInTime(end()))) log.warn({ what }, 'the job store was left before it had come to an end');
      }
    },
  };
}

/** A job that never ends must not hold up the server's end: its lock runs out, and another server does it again. */
async function endsInTime(end: Promise<unknown>): Promise<boolean> {
  const late = new AbortController();
  const tooLate = pause(CLOSE_MS, false, { signal: late.signal }).catch(() => false);
  try {
    return await Promise.race([end.then(() => true), tooLate]);
  } finally {
    late.abort();
  }
}

const workerOptions = (name: JobQueueName) => ({
  concurrency: queuePolicies[name].concurrency,
  lockDuration: 30_000,
  stalledInterval: 15_000,
  maxStalledCount: 100,
});

function redisBackend(url: string, log: Logger): Backend {
  /** Queue commands must fail soon rather than hang while Redis is away: the outbox keeps the work. */
  const producer = new Redis(url, { maxRetriesPerRequest: 1 });
  const consumer = new Redis(url, { maxRetriesPerRequest: null });
  for (const client of [producer, consumer]) client.on('error', (error) => log.warn({ err: error }, 'redis'));
  return {
    kind: 'redis',
    makeQueue: (name) => new Queue(name, { connection: producer, prefix: 'linea' }, createRedisBackend),
    makeWorker: (name, handle) =>
      new Worker(
        name,
        (job) => handle(job.name, job.data),
        { connection: consumer, prefix: 'linea', ...workerOptions(name) },
        createRedisBackend,
      ),
    ping: async () => void (await producer.ping()),
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

async function postgresBackend(url: string, log: Logger): Promise<Backend> {
  // One pool for all queues and workers; each worker keeps one of its clients to listen on. What a power cut takes
  // from the job store is found again in the database, so its commits need not wait for the disk.
  const options = '-c search_path=bullmq -c synchronous_commit=off';
  const pool = new pg.Pool({ connectionString: url, max: 24, keepAlive: true, options });
  pool.on('error', (error) => log.warn({ err: error }, 'job store connection'));
  // Each queue and each worker listens for its errors, and so do we: no leak.
  pool.setMaxListeners(2 * queuesInUse.size + 1);
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  return {
    kind: 'postgresql',
    makeQueue: (name) => new Queue(name, { connection: pool }, createPostgresBackend) as unknown as AnyQueue,
    makeWorker: (name, handle) =>
      new Worker(
        name,
        (job) => handle(job.name, job.data),
        { connection: pool, ...workerOptions(name) },
        createPostgresBackend,
      ) as unknown as Worker,
    ping: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  };
}
