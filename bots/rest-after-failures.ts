/** Failures in a row after which a server is left alone for a while, so that a dead one costs nobody their time. */
const FAILURES_TO_REST = 3;
const REST_MS = 60_000;

export interface Rest {
  /** Whether it is not to be asked now. */
  isResting(): boolean;
  succeeded(): void;
  failed(): void;
}

/** @param now milliseconds */
export function restAfterFailures(now: () => number): Rest {
  let failures = 0;
  let restUntil = 0;
  return {
    isResting: () => now() < restUntil,
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures < FAILURES_TO_REST) return;
      failures = 0;
      restUntil = now() + REST_MS;
    },
  };
}
