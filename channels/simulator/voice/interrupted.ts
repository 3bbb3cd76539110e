import type { Timers } from '../world/timers.ts';

/** Somebody hung up, or the call was told to do something else: what was under way ends here. */
export class Interrupted extends Error {}

/** @throws Interrupted */
export function pause(timers: Timers, seconds: number, signal: AbortSignal): Promise<void> {
  return interruptible(signal, (resolve) => timers.after(seconds, resolve));
}

/**
 * Waits for something that can be called off.
 * @param begin sets it going. @returns what calls it off
 * @throws Interrupted
 */
export function interruptible<T>(signal: AbortSignal, begin: (resolve: (value: T) => void) => () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Interrupted());
    const stop = () => {
      callOff();
      reject(new Interrupted());
    };
    signal.addEventListener('abort', stop, { once: true });
    const callOff = begin((value) => {
      signal.removeEventListener('abort', stop);
      resolve(value);
    });
  });
}

/** Nothing, when it was interrupted; every other fault goes on. */
export function unlessInterrupted(error: unknown): undefined {
  if (!(error instanceof Interrupted)) throw error;
  return undefined;
}
