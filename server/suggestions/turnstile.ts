/** Lets so many in at once; who would wait longer than that is sent away. */
export interface Turnstile {
  /** @returns what `work` comes to; null for whoever was sent away, or whose work took too long */
  pass<T>(work: () => Promise<T>): Promise<T | null>;
}

/** @param most at once; @param waitMs how long anybody waits, their own work included */
export function createTurnstile(most: number, waitMs: number): Turnstile {
  let inside = 0;
  const outside: (() => void)[] = [];

  async function enter(): Promise<void> {
    if (inside >= most) await new Promise<void>((resolve) => outside.push(resolve));
    else inside += 1;
  }
  /** Whoever waits longest takes the place. */
  function leave(): void {
    const next = outside.shift();
    if (next) next();
    else inside -= 1;
  }

  return {
    async pass(work) {
      const patience = Promise.withResolvers<null>();
      let over = false;
      const timer = setTimeout(() => {
        over = true;
        patience.resolve(null);
      }, waitMs);
      const passing = enter().then(async () => {
        try {
          return over ? null : await work();
        } finally {
          leave();
        }
      });
      try {
        return await Promise.race([passing, patience.promise]);
      } finally {
        clearTimeout(timer);
        passing.catch(() => {});
      }
    },
  };
}
