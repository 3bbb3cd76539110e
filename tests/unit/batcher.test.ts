import { expect, test } from 'vitest';
import { createBatcher, HELD } from '../../server/database/batcher.ts';

interface Item {
  key: string;
  number: number;
}

/** A store that notes what it is given, refuses `bad` items and leaves out those of `held` keys. */
function setUp(options: { batch?: number; bad?: number[] } = {}) {
  const held = new Set<string>();
  const batches: Item[][] = [];
  const stored: Item[] = [];
  const batcher = createBatcher<Item, number>(
    async (items) => {
      batches.push(items);
      if (items.some(({ number }) => options.bad?.includes(number))) throw new Error('bad');
      return items.map((item) => {
        if (held.has(item.key)) return HELD;
        stored.push(item);
        return item.number;
      });
    },
    { batch: options.batch ?? 100, pending: 1_000, keyOf: ({ key }) => key },
  );
  return { held, batches, stored, add: (key: string, number: number) => batcher.add({ key, number }), batcher };
}

test('what comes together is stored together, and each gets its own answer', async () => {
  const { add, batches } = setUp();
  expect(await Promise.all([add('a', 1), add('b', 2), add('a', 3)])).toEqual([1, 2, 3]);
  expect(batches).toHaveLength(1);
});

test('one bad item harms no other', async () => {
  const { add } = setUp({ bad: [2] });
  const answers = await Promise.allSettled([add('a', 1), add('b', 2), add('c', 3)]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('what is held keeps nobody else waiting, and comes in its order once it is free', async () => {
  const { add, held, stored, batcher } = setUp({ batch: 4 });
  held.add('slow');
  const slow = Promise.all(Array.from({ length: 10 }, (_, number) => add('slow', number)));
  for (let number = 100; number < 120; number += 1) await add(`quick ${number}`, number);
  expect(stored.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => 100 + index));

  held.clear();
  expect(await slow).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(stored.slice(20).map(({ number }) => number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await batcher.idle();
});

test('nothing overtakes a held item of its key while a failed batch is tried one by one', async () => {
  const { add, held, stored } = setUp({ bad: [7] });
  held.add('slow');
  const refused = add('bad', 7).catch(() => 'refused');
  const slow = [add('slow', 1), add('slow', 2)];
  expect(await refused).toBe('refused');
  held.clear();
  await Promise.all(slow);
  expect(stored.map(({ number }) => number)).toEqual([1, 2]);
});

test('two batches may be under way, and what is of one key still comes in its order', async () => {
  const under = new Set<string>();
  const stored: Item[] = [];
  let together = 0;
  let most = 0;
  const batcher = createBatcher<Item, number>(
    async (items) => {
      together += 1;
      most = Math.max(most, together);
      const keys = new Set(items.map(({ key }) => key));
      for (const key of keys) {
        expect(under.has(key)).toBe(false);
        under.add(key);
      }
      for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
      for (const key of keys) under.delete(key);
      stored.push(...items);
      together -= 1;
      return items.map(({ number }) => number);
    },
    { batch: 8, pending: 1_000, keyOf: ({ key }) => key, atOnce: 2 },
  );
  const answers: Promise<number>[] = [];
  for (let number = 0; number < 200; number += 1) {
    answers.push(batcher.add({ key: `key ${number % 7}`, number }));
    if (number % 5 === 0) await new Promise(setImmediate);
  }
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 200 }, (_, number) => number));
  expect(most).toBe(2);
  for (const [, of] of Map.groupBy(stored, ({ key }) => key)) {
    expect(of.map(({ number }) => number)).toEqual(of.map(({ number }) => number).toSorted((a, b) => a - b));
  }
  await batcher.idle();
});

test('more than can wait is refused at once', async () => {
  const { add } = setUp();
  const all = Array.from({ length: 1_001 }, (_, number) => add('a', number));
  await expect(all.at(-1)).rejects.toMatchObject({ code: 'unavailable' });
  await Promise.all(all.slice(0, -1));
});
