import type { JobQueueName } from '../contract/jobs.ts';

/** How one class of work is carried out. Attempts and back-off are for faults; refusals are values, not retries. */
export interface QueuePolicy {
  /** Jobs at once in one server process. */
  concurrency: number;
  attempts: number;
  /** First pause in milliseconds; doubles with each attempt. */
  backoff: number;
  /** Jobs that ran out of attempts, kept to be seen and retried at /admin/queues. */
  keepFailed: number;
}

export const queuePolicies: Record<JobQueueName, QueuePolicy> = {
  inbound: { concurrency: 24, attempts: 8, backoff: 250, keepFailed: 5_000 },
  // Matching is one at a time however many; the rest waits for telephone lines, which may be slow.
  tickets: { concurrency: 8, attempts: 8, backoff: 250, keepFailed: 5_000 },
  outbound: { concurrency: 16, attempts: 10, backoff: 1_000, keepFailed: 20_000 },
  // It keeps its own count of tries (`media/fetch-file.ts`), and holds whole files in memory meanwhile.
  media: { concurrency: 4, attempts: 3, backoff: 2_000, keepFailed: 5_000 },
  webhooks: { concurrency: 4, attempts: 10, backoff: 5_000, keepFailed: 5_000 },
  // Figures are folded by one at a time, however many try; a mail server that is slow must not hold that up.
  reports: { concurrency: 2, attempts: 3, backoff: 5_000, keepFailed: 500 },
};
