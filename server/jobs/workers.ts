import type { Logger } from 'pino';
import { type JobHandlers, type JobName, type JobQueueName, jobSchemas, queuesInUse } from '../contract/jobs.ts';
import type { JobStore } from './job-store.ts';

/**
 * Starts a worker for every queue that has a handler. Data is parsed before a handler sees it; a job nobody knows
 * (an older server beside a newer one) fails and stays to be seen.
 * @param taught resolves when the bot has learnt: until then other servers, which have, take its turns
 */
export function startWorkers(store: JobStore, handlers: JobHandlers, log: Logger, taught: Promise<void>): void {
  const work = (queue: JobQueueName) =>
    store.work(queue, async (name, data) => {
      if (!(name in handlers)) throw new Error(`No handler for job ${name}`);
      const job = name as JobName;
      const started = performance.now();
      await (handlers[job] as (data: unknown) => Promise<void>)(jobSchemas[job].parse(data));
      log.debug({ job, ms: Math.round(performance.now() - started) }, 'job done');
    });
  for (const queue of queuesInUse) {
    if (queue === 'inbound') void taught.then(() => work(queue));
    else work(queue);
  }
}
