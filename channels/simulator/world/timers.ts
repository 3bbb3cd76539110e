/** Work for later, injected so that tests decide when later is. */
export interface Timers {
  /** Runs `work` after so many seconds. @returns a way to call it off */
  after(seconds: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(seconds, work) {
    const timer = setTimeout(work, seconds * 1_000);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
