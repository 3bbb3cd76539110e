import { AppError } from '../contract/errors.ts';

/** How often something may be asked: `burst` at once, then `perSecond`. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** A token bucket. @returns takes one. @throws AppError `rate_limited` with `seconds` until the next is welcome */
export function allowance({ perSecond, burst }: Rate, now: () => number = () => performance.now()): () => void {
  let tokens = burst;
  let at = now();
  return () => {
    const passed = (now() - at) / 1_000;
    at = now();
    tokens = Math.min(burst, tokens + passed * perSecond);
    if (tokens < 1) throw new AppError('rate_limited', { seconds: Math.ceil((1 - tokens) / perSecond) });
    tokens -= 1;
  };
}
