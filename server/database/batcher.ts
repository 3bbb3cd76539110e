import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';

export interface Batcher<Item, Result> {
  /** Resolves when the item's batch is done. @throws AppError `unavailable` when too much waits already */
  add(item: Item): Promise<Result>;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
}

export interface BatcherOptions<Item> {
  /** Most items of one batch. */
  batch: number;
  /** Most items that may wait. */
  pending: number;
  /** Items of one key are stored in the order in which they came. */
  keyOf(item: Item): string;
  /** Batches that may be under way at once: while one waits for its commit, another is made. One, unless said. */
  atOnce?: number;
}

/** What `store` gives for an item that somebody else holds at the moment: it comes again with a later batch. */
export const HELD = Symbol('held');

interface Entry<Item, Result> {
  key: string;
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** Before what is held is tried again, when there is nothing else to do. */
const AGAIN_MS = 10;

/**
 * Group commit: what arrives while batches are being stored makes the next one. A lone item waits for nothing, a
 * crowd shares transactions, and nobody is answered before the commit. What is held keeps nobody else waiting.
 *
 * When a batch fails, its items are tried one by one, so that one bad item harms no other.
 */
export function createBatcher<Item, Result>(
  store: (items: Item[]) => Promise<(Result | typeof HELD)[]>,
  { batch: most, pending: room, keyOf, atOnce = 1 }: BatcherOptions<Item>,
): Batcher<Item, Result> {
  const pending: Entry<Item, Result>[] = [];
  /** What must wait behind an item of its key: one that is being stored, or that somebody else holds. */
  const held = new Map<string, Entry<Item, Result>[]>();
  /** Keys of the batches under way. */
  const taken = new Set<string>();
  const runs = new Set<Promise<void>>();
  let waiting = 0;

  /** What is held gets half of the places at most, by turns. What came after it stays behind it. */
  function nextBatch(): Entry<Item, Result>[] {
    const entries: Entry<Item, Result>[] = [];
    for (const [key, again] of [...held]) {
      if (entries.length >= most / 2) break;
      if (taken.has(key)) continue;
      entries.push(...again.splice(0, Math.ceil(most / 2) - entries.length));
      held.delete(key);
      if (again.length > 0) held.set(key, again);
    }
    for (const entry of pending.splice(0, most - entries.length)) {
      const behind = held.get(entry.key);
      if (behind) behind.push(entry);
      else if (taken.has(entry.key)) held.set(entry.key, [entry]);
      else entries.push(entry);
    }
    for (const { key } of entries) taken.add(key);
    return entries;
  }

  /** @returns what is held, in its order */
  async function settle(entries: Entry<Item, Result>[]): Promise<Entry<Item, Result>[]> {
    const back: Entry<Item, Result>[] = [];
    try {
      const results = await store(entries.map((entry) => entry.item));
      for (const [index, entry] of entries.entries()) {
        const result = results[index];
        if (result === HELD) back.push(entry);
        else entry.resolve(result as Result);
      }
    } catch (error) {
      const [only] = entries;
      if (entries.length === 1 && only) only.reject(error);
      else {
        for (const entry of entries) {
          if (back.some(({ key }) => key === entry.key)) back.push(entry);
          else back.push(...(await settle([entry])));
        }
      }
    }
    return back;
  }

  async function run(): Promise<void> {
    // Items of the same turn of the event loop (one packet from each of many sockets) share the first batch too.
    await new Promise(setImmediate);
    for (let entries = nextBatch(); entries.length > 0; entries = nextBatch()) {
      const back = await settle(entries);
      for (const [key, again] of Map.groupBy(back, (entry) => entry.key)) {
        const behind = held.get(key) ?? [];
        held.delete(key);
        held.set(key, [...again, ...behind]);
      }
      for (const { key } of entries) taken.delete(key);
      waiting -= entries.length - back.length;
      if (back.length === entries.length) await pause(AGAIN_MS);
    }
  }

  /** Whatever this leaves is behind a batch under way, whose run goes on with it. */
  function start(): void {
    const one: Promise<void> = run().finally(() => runs.delete(one));
    runs.add(one);
  }

  return {
    add(item) {
      if (waiting >= room) return Promise.reject(new AppError('unavailable'));
      waiting += 1;
      return new Promise((resolve, reject) => {
        pending.push({ key: keyOf(item), item, resolve, reject });
        if (runs.size < atOnce) start();
      });
    },
    async idle() {
      while (runs.size > 0) await Promise.all(runs);
    },
  };
}
