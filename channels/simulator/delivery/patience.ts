import type { World } from '../world/world.ts';

/** A request that is waited for as long as somebody is patient. */
export interface Patience {
  /** Aborts when it is over. */
  readonly signal: AbortSignal;
  /** It was answered. */
  answered(): void;
}

/** By the clock of the world: where that stands still while the city answers, a slow machine is no reason to give up. */
export function beginPatience({ now }: Pick<World, 'now'>, seconds: number): Patience {
  const over = new AbortController();
  const began = now().getTime();
  let timer: NodeJS.Timeout;
  const wait = (milliseconds: number) => {
    timer = setTimeout(() => {
      const left = seconds * 1_000 - (now().getTime() - began);
      if (left > 0) wait(left);
      else over.abort(new DOMException('The city took too long', 'TimeoutError'));
    }, milliseconds);
    timer.unref();
  };
  wait(seconds * 1_000);
  return { signal: over.signal, answered: () => clearTimeout(timer) };
}
