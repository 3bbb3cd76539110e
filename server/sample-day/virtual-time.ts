import type { Clock } from '../clock.ts';

/** Time that passes when somebody says so, and what is to happen in it. */
export interface VirtualTime extends Clock {
  /** Something that happens after so many seconds. @returns a way to call it off */
  after(seconds: number, work: () => void | Promise<void>): () => void;
  /** Something that happens at that instant, or now if it is past. */
  at(instant: Date, work: () => void | Promise<void>): () => void;
  /** When the next thing happens; null: nothing does. */
  next(): Date | null;
  /** Lets time pass up to an instant, which is not before now. */
  moveTo(instant: Date): void;
  /** Does the first thing that is due. @returns whether there was any */
  runNext(): Promise<boolean>;
}

interface Happening {
  at: number;
  /** What is due at one instant happens in the order in which it was planned. */
  sequence: number;
  work: () => void | Promise<void>;
  isOff: boolean;
}

export function createVirtualTime(start: Date): VirtualTime {
  let now = start.getTime();
  let sequence = 0;
  /** A binary heap: a day has tens of thousands of happenings. */
  const heap: Happening[] = [];
  const before = (a: Happening, b: Happening) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

  function push(happening: Happening): void {
    let index = heap.push(happening) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Happening;
      if (!before(happening, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = happening;
  }

  function pop(): Happening | undefined {
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Happening, heap[child] as Happening)) child += 1;
      if (!before(heap[child] as Happening, last)) break;
      heap[index] = heap[child] as Happening;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  function peek(): Happening | undefined {
    while (heap[0]?.isOff) pop();
    return heap[0];
  }

  const time: VirtualTime = {
    now: () => new Date(now),
    after: (seconds, work) => time.at(new Date(now + seconds * 1_000), work),
    at(instant, work) {
      sequence += 1;
      const happening = { at: Math.max(now, Math.round(instant.getTime())), sequence, work, isOff: false };
      push(happening);
      return () => {
        happening.isOff = true;
      };
    },
    next() {
      const first = peek();
      return first ? new Date(first.at) : null;
    },
    moveTo(instant) {
      if (instant.getTime() < now) throw new RangeError('time does not go back');
      now = instant.getTime();
    },
    async runNext() {
      const first = peek();
      if (!first || first.at > now) return false;
      pop();
      await first.work();
      return true;
    },
  };
  return time;
}
