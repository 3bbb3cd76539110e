import { AppError } from '../contract/errors.ts';
import { createLanes } from './lanes.ts';

export interface Batcher<Item, Result> {
  /** Resolves when the item's batch is done. @throws AppError `unavailable` when too much waits already */
  add(item: Item): Promise<Result>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
}

/** For what somebody else holds at the moment: it is stored alone, and the crowd does not wait for it. */
export interface SideLane<Item, Result> {
  /** Items of one key keep their order. */
  keyOf(item: Item): string;
  /** Stores one item, and waits for whoever holds it. */
  storeAlone(item: Item): Promise<Result>;
}

/** What `store` gives for an item that must take the side lane. */
export const HELD = Symbol('held');

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
  store: (items: Item[]) => Promise<(Result | typeof HELD)[]>,
  limits: { batch: number; pending: number },
  side?: SideLane<Item, Result>,
): Batcher<Item, Result> {
  const lanes = createLanes();
  const pending: Entry<Item, Result>[] = [];
  let running: Promise<void> | null = null;

  async function settle(entries: Entry<Item, Result>[]): Promise<void> {
    try {
      const results = await store(entries.map((entry) => entry.item));
      entries.forEach((entry, index) => {
        const result = results[index];
        if (result === HELD) sidetrack(entry);
        else entry.resolve(result as Result);
      });
    } catch (error) {
      const [only] = entries;
      if (entries.length === 1 && only) only.reject(error);
      else for (const entry of entries) await settle([entry]);
    }
  }

  function sidetrack({ item, resolve, reject }: Entry<Item, Result>): void {
    if (!side) throw new Error('There is no side lane');
    lanes.add(side.keyOf(item), () => side.storeAlone(item).then(resolve, reject));
  }

  /** The next batch; what follows an item in a side lane queues up behind it. */
  function nextBatch(): Entry<Item, Result>[] {
    return pending.splice(0, limits.batch).filter((entry) => {
      if (!side || !lanes.has(side.keyOf(entry.item))) return true;
      sidetrack(entry);
      return false;
    });
  }

  async function run(): Promise<void> {
    // Items of the same turn of the event loop (one packet from each of many sockets) share the first batch too.
    await new Promise(setImmediate);
    while (pending.length > 0) {
      const batch = nextBatch();
      if (batch.length > 0) await settle(batch);
    }
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
      await lanes.idle();
    },
  };
}
