import type { Logger } from 'pino';
import { type JobHandlers, type JobName, jobSchemas, queuesInUse } from '../contract/jobs.ts';
import type { JobStore } from './job-store.ts';

/**
 * Starts a worker for every queue that has a handler. Data is parsed before a handler sees it; a job nobody knows
 * (an older server beside a newer one) fails and stays to be seen.
 */
export function startWorkers(store: JobStore, handlers: JobHandlers, log: Logger): void {
  for (const queue of queuesInUse) {
    store.work(queue, async (name, data) => {
      if (!(name in handlers)) throw new Error(`No handler for job ${name}`);
      const job = name as JobName;
      const started = performance.now();
      await (handlers[job] as (data: unknown) => Promise<void>)(jobSchemas[job].parse(data));
      log.debug({ job, ms: Math.round(performance.now() - started) }, 'job done');
    });
  }
}
