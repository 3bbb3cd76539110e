import type { JobStore } from './job-store.ts';

/** Seconds since the oldest job that a worker could have taken was added; 0 when none waits. */
export async function oldestJobSeconds(store: JobStore, now: Date): Promise<number> {
  const ages = await Promise.all(
    [...store.queues.values()].map(async (queue) => {
      const [oldest] = await queue.getWaiting(0, 0);
      return oldest ? (now.getTime() - oldest.timestamp) / 1_000 : 0;
    }),
  );
  return Math.max(0, Math.round(Math.max(...ages)));
}
