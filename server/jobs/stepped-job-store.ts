import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { type JobQueueName, queuesInUse } from '../contract/jobs.ts';
import type { JobStore, PlannedJob } from './job-store.ts';
import { queuePolicies } from './queues.ts';

/** Jobs in memory, done when somebody says so, by the clock of a simulation. */
export interface SteppedJobStore extends JobStore {
  /** When the next job is due; null: none waits. */
  nextDue(): Date | null;
  /**
   * Does what is due, one job at a time: the oldest first, those due at one instant in the order in which they came.
   * @returns how many were done
   */
  runDue(): Promise<number>;
  /** Jobs that failed as often as their queue allows. */
  failed(): readonly string[];
}

interface WaitingJob {
  queue: JobQueueName;
  name: string;
  data: unknown;
  at: number;
  /** Tells apart what is due at one instant. */
  sequence: number;
  tries: number;
}

/**
 * Keeps the promises of a job store where time is simulated: attempts with their pauses, by the policy of each queue.
 * Nothing is done side by side, so that what is done twice is done in the same order.
 */
export function createSteppedJobStore(clock: Clock, log: Logger): SteppedJobStore {
  const handlers = new Map<JobQueueName, (name: string, data: unknown) => Promise<void>>();
  const failures: string[] = [];
  let waiting: WaitingJob[] = [];
  let sequence = 0;

  const earliest = (): WaitingJob | null => {
    let first: WaitingJob | null = null;
    for (const job of waiting) {
      if (!first || job.at < first.at || (job.at === first.at && job.sequence < first.sequence)) first = job;
    }
    return first;
  };

  async function attempt(job: WaitingJob): Promise<void> {
    const { attempts, backoff } = queuePolicies[job.queue];
    try {
      await handlers.get(job.queue)?.(job.name, job.data);
    } catch (error) {
      const tries = job.tries + 1;
      log.error({ err: error, job: job.name, attempt: tries }, 'job failed');
      if (tries >= attempts) failures.push(job.name);
      else waiting.push({ ...job, tries, at: clock.now().getTime() + backoff * 2 ** (tries - 1) });
    }
  }

  return {
    kind: 'memory',
    // Nothing to look at: they live for as long as a simulation.
    queues: new Map(),
    async add(queue: JobQueueName, jobs: PlannedJob[]) {
      if (!queuesInUse.has(queue)) return;
      const now = clock.now().getTime();
      for (const { name, data, delayMs } of jobs) {
        sequence += 1;
        waiting.push({ queue, name, data, at: now + delayMs, sequence, tries: 0 });
      }
    },
    work: (queue, handle) => void handlers.set(queue, handle),
    ping: async () => {},
    close: async () => {
      waiting = [];
    },
    nextDue: () => {
      const first = earliest();
      return first && new Date(first.at);
    },
    async runDue() {
      let done = 0;
      for (let job = earliest(); job && job.at <= clock.now().getTime(); job = earliest()) {
        const next = job;
        waiting = waiting.filter((one) => one !== next);
        await attempt(next);
        done += 1;
      }
      return done;
    },
    failed: () => failures,
  };
}
