/**
 * Gathers keys for `delayMs` and hands them over together, one batch at a time: a ticket that changes ten times in a
 * blink is read and told once.
 */
export function coalesce<Key>(
  delayMs: number,
  flush: (keys: Key[]) => Promise<void>,
  failed: (error: unknown) => void,
): (keys: readonly Key[]) => void {
  let gathered = new Set<Key>();
  let timer: NodeJS.Timeout | null = null;

  async function run(): Promise<void> {
    const keys = [...gathered];
    gathered = new Set();
    try {
      await flush(keys);
    } catch (error) {
      failed(error);
    }
    timer = null;
    if (gathered.size > 0) schedule();
  }

  function schedule(): void {
    if (timer === null) timer = setTimeout(() => void run(), delayMs);
  }

  return (keys) => {
    for (const key of keys) gathered.add(key);
    if (gathered.size > 0) schedule();
  };
}
