import type { Clock } from '../clock.ts';

/**
 * What `compute` gave, for `milliseconds`: however many ask in between, it is computed once, and who asks while it is
 * being computed waits for the same answer. A failure is not kept, nor anything from before the clock was put back.
 */
export function keepFor<T>(milliseconds: number, clock: Clock, compute: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; value: Promise<T> } | null = null;
  return () => {
    const now = clock.now().getTime();
    if (kept && now >= kept.at && now - kept.at < milliseconds) return kept.value;
    const mine = { at: now, value: compute() };
    mine.value.catch(() => {
      if (kept === mine) kept = null;
    });
    kept = mine;
    return mine.value;
  };
}
