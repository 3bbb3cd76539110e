import type { Clock } from '../clock.ts';

/** Counts tries by key, each for a while: so that a secret of eight signs cannot be guessed. */
export interface Tries {
  /** Seconds until another try is heard; 0 when one is heard now. */
  wait(key: string): number;
  count(key: string): void;
}

/** Keys remembered; beyond it those whose time is up are forgotten. */
const REMEMBERED = 10_000;

/** In memory: a limit a process is enough against guessing, and nothing of a guess is ever stored. */
export function createTries(clock: Clock, { most, seconds }: { most: number; seconds: number }): Tries {
  const counted = new Map<string, { tries: number; until: number }>();
  const now = () => clock.now().getTime();
  return {
    wait(key) {
      const entry = counted.get(key);
      return entry && entry.until > now() && entry.tries >= most ? Math.ceil((entry.until - now()) / 1_000) : 0;
    },
    count(key) {
      if (counted.size > REMEMBERED) for (const [old, { until }] of counted) if (until <= now()) counted.delete(old);
      const entry = counted.get(key);
      const current = entry && entry.until > now() ? entry : { tries: 0, until: now() + seconds * 1_000 };
      counted.set(key, { ...current, tries: current.tries + 1 });
    },
  };
}
