import { setTimeout as pause } from 'node:timers/promises';

export interface UntilOptions {
  /** Milliseconds; generous, since it only matters when the test fails anyway. */
  timeout?: number;
  /** What is waited for, for the message of a failure; a function tells how things stand by then. */
  what?: string | (() => string);
  /** Milliseconds between two looks; more of them where each is a request that is counted against whoever asks. */
  every?: number;
}

/**
 * The only way to wait in a test: asks again until `condition` gives something truthy, and returns that.
 * A condition that throws (a failed `expect`, a refused connection) counts as "not yet"; its last error is the cause
 * when time runs out.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { timeout = 15_000, what = 'the condition', every = 20 }: UntilOptions = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeout;
  let cause: unknown;
  do {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(every);
  } while (performance.now() < deadline);
  const detail = cause instanceof Error ? `: ${cause.message}` : '';
  throw new Error(`Waited ${timeout} ms in vain for ${typeof what === 'string' ? what : what()}${detail}`, { cause });
}
