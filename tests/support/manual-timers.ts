import type { Timers } from '../../channels/simulator/world/timers.ts';

/** Timers that run when a test says that time has passed. */
export interface ManualTimers extends Timers {
  /** Lets so many seconds pass: what is due runs in its order. */
  pass(seconds: number): void;
  /** Seconds until each that waits. */
  waiting(): number[];
}

export function createManualTimers(): ManualTimers {
  let now = 0;
  let pending: { at: number; work: () => void }[] = [];
  return {
    after(seconds, work) {
      const timer = { at: now + seconds, work };
      pending.push(timer);
      return () => {
        pending = pending.filter((one) => one !== timer);
      };
    },
    pass(seconds) {
      const end = now + seconds;
      for (;;) {
        const [next] = pending.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        pending = pending.filter((one) => one !== next);
        now = next.at;
        next.work();
      }
      now = end;
    },
    waiting: () => pending.map(({ at }) => at - now).sort((a, b) => a - b),
  };
}
