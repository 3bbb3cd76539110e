import type { Clock } from '../../server/clock.ts';

/** The real time, which a test can push on. */
export interface TestClock extends Clock {
  advance(seconds: number): void;
}

export function createTestClock(): TestClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    advance: (seconds) => {
      ahead += seconds * 1_000;
    },
  };
}
