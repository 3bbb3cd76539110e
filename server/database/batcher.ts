import { AppError } from '../contract/errors.ts';

export interface Batcher<Item, Result> {
  /** Resolves when the item's batch is done. @throws AppError `unavailable` when too much waits already */
  add(item: Item): Promise<Result>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
}

interface Entry<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Group commit: what arrives while a batch is being stored makes the next batch. A lone item waits for nothing, a
 * crowd shares transactions, and nobody is answered before the commit.
 *
 * When a batch fails, its items are tried one by one, so that one bad item harms no other.
 */
export function createBatcher<Item, Result>(
  store: (items: Item[]) => Promise<Result[]>,
  limits: { batch: number; pending: number },
): Batcher<Item, Result> {
  const pending: Entry<Item, Result>[] = [];
  let running: Promise<void> | null = null;

  async function settle(entries: Entry<Item, Result>[]): Promise<void> {
    try {
      const results = await store(entries.map((entry) => entry.item));
      entries.forEach((entry, index) => {
        entry.resolve(results[index] as Result);
      });
    } catch (error) {
      const [only] = entries;
      if (entries.length === 1 && only) only.reject(error);
      else for (const entry of entries) await settle([entry]);
    }
  }

  async function run(): Promise<void> {
    // Items of the same turn of the event loop (one packet from each of many sockets) share the first batch too.
    await new Promise(setImmediate);
    while (pending.length > 0) await settle(pending.splice(0, limits.batch));
    running = null;
  }

  return {
    add(item) {
      if (pending.length >= limits.pending) return Promise.reject(new AppError('unavailable'));
      return new Promise((resolve, reject) => {
        pending.push({ item, resolve, reject });
        running ??= run();
      });
    },
    async idle() {
      while (running) await running;
    },
  };
}
