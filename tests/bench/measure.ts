import { setTimeout as pause } from 'node:timers/promises';

/** Share `p` (0-1) of `values` is at most this. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN;
}

export interface Load {
  /** Seconds before counting, so that compilers and caches are warm. */
  warmUp: number;
  seconds: number;
}

/**
 * Keeps `workers` copies of `work` going, each beginning anew when it ends.
 * @returns how many ended a second
 */
export async function rate(workers: number, load: Load, work: (worker: number) => Promise<void>): Promise<number> {
  let ended = 0;
  let stopped = false;
  const loops = Array.from({ length: workers }, async (_, worker) => {
    while (!stopped) {
      await work(worker);
      ended += 1;
    }
  });
  const failed = Promise.all(loops);
  await Promise.race([pause(load.warmUp * 1_000), failed]);
  const [begun, before] = [performance.now(), ended];
  await Promise.race([pause(load.seconds * 1_000), failed]);
  const counted = ((ended - before) / (performance.now() - begun)) * 1_000;
  stopped = true;
  await failed;
  return counted;
}

/**
 * Starts `work` at a steady pace, whether or not the one before has ended, so that a slow answer hides no other.
 * @returns milliseconds each took
 */
export async function latencies(
  perSecond: number,
  load: Load,
  work: (turn: number) => Promise<void>,
): Promise<number[]> {
  const taken: number[] = [];
  const pending: Promise<void>[] = [];
  const begun = performance.now();
  const turns = Math.round(perSecond * (load.warmUp + load.seconds));
  for (let turn = 0; turn < turns; turn += 1) {
    await pause(Math.max(0, begun + (turn / perSecond) * 1_000 - performance.now()));
    const counts = turn >= perSecond * load.warmUp;
    const at = performance.now();
    pending.push(
      work(turn).then(() => {
        if (counts) taken.push(performance.now() - at);
      }),
    );
  }
  await Promise.all(pending);
  return taken;
}
