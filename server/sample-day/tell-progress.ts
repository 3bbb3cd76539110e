import type { DayProgress } from './recur.ts';

/** One line for a terminal: how far a day is, what time it is in it, who waits, and how long it may still take. */
export function createProgressLine(now: () => number = () => performance.now()): (progress: DayProgress) => string {
  const began = now();
  return ({ share, clock, waiting }) => {
    const passed = (now() - began) / 1_000;
    const left = share > 0.02 ? `, about ${minutes((passed / share) * (1 - share))} to go` : '';
    return `${Math.round(share * 100)} % · ${clock} in the city · ${waiting} waiting · ${minutes(passed)} so far${left}`;
  };
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
