import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { type JobName, type JobQueueName, queueOf } from '../contract/jobs.ts';
import type { Database } from '../database/database.ts';
import type { JobStore, PlannedJob } from './job-store.ts';

const BATCH = 500;

interface OutboxRow {
  id: number;
  job: JobName;
  data: unknown;
  run_at: Date | null;
}

export interface OutboxDispatcher {
  /** Something was promised: move it now. Cheap to call often. */
  kick(): void;
  /** Finishes the pass under way. */
  stop(): Promise<void>;
}

/**
 * Moves promised jobs from the outbox table into the job store. Rows leave the table in the transaction that added
 * their jobs: a crash between the two adds a job twice, which is harmless, and never loses one.
 */
export function createOutboxDispatcher(
  database: Database,
  store: JobStore,
  clock: Clock,
  log: Logger,
  pollMs = 1_000,
): OutboxDispatcher {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function pass(): Promise<number> {
    return database.transaction(async (tx) => {
      const { rows } = await sql<OutboxRow>`
        delete from outbox where id in (
          select id from outbox order by id limit ${BATCH} for update skip locked
        ) returning id, job, data, run_at`.execute(tx);
      if (rows.length === 0) return 0;
      const byQueue = new Map<JobQueueName, PlannedJob[]>();
      const seen = new Set<string>();
      const now = clock.now().getTime();
      for (const row of rows.sort((a, b) => a.id - b.id)) {
        // A job only says where to look: of the same one promised twice, one does the work of both.
        if (!row.run_at) {
          const promise = `${row.job} ${JSON.stringify(row.data)}`;
          if (seen.has(promise)) continue;
          seen.add(promise);
        }
        const jobs = byQueue.get(queueOf(row.job)) ?? [];
        jobs.push({ name: row.job, data: row.data, delayMs: Math.max(0, (row.run_at?.getTime() ?? now) - now) });
        byQueue.set(queueOf(row.job), jobs);
      }
      await Promise.all([...byQueue].map(([queue, jobs]) => store.add(queue, jobs)));
      return rows.length;
    });
  }

  async function drain(): Promise<void> {
    try {
      do {
        again = false;
        while ((await pass()) === BATCH);
      } while (again);
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'outbox not moved yet, it will be tried again');
    } finally {
      running = null;
    }
  }

  function kick(): void {
    if (stopped) return;
    if (running) again = true;
    else running = drain();
  }

  const poll = setInterval(kick, pollMs);
  return {
    kick,
    async stop() {
      stopped = true;
      clearInterval(poll);
      await running;
    },
  };
}
