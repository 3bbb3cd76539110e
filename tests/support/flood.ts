import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface FloodPlan {
  /** A loopback address other than the tests' own. */
  fromAddress: string;
  sockets: number;
  seconds: number;
}

export interface FloodOutcome {
  sent: number;
}

/** Somebody who writes as fast as a thread can, from an address of their own. */
export async function runFlood(
  url: string,
  plan: FloodPlan,
): Promise<{ begun: Promise<void>; done: Promise<FloodOutcome> }> {
  const worker = new Worker(new URL('./flood-worker.ts', import.meta.url), { workerData: { url, ...plan } });
  const done = new Promise<FloodOutcome>((resolve, reject) => {
    worker.on('message', (message: 'begun' | FloodOutcome) => {
      if (message !== 'begun') resolve(message);
    });
    worker.once('error', reject);
  });
  const begun = once(worker, 'message').then(() => {});
  return { begun, done };
}
