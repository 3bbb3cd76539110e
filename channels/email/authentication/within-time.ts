/** Does the work, but does not wait for it longer than so many milliseconds: then the signal is aborted. */
export async function withinTime(ms: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const limit = new AbortController();
  const timeOver = new Promise<void>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const timer = setTimeout(() => limit.abort(), ms);
  try {
    await Promise.race([work(limit.signal), timeOver]);
  } finally {
    clearTimeout(timer);
  }
}
