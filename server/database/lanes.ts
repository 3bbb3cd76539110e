/** Lanes that may wait for a lock at once; each holds a connection meanwhile. */
const AT_ONCE = 4;

/** Work by key: of one key one after the other, of several side by side. */
export interface Lanes {
  /** Whether work of this key is waiting or under way. */
  has(key: string): boolean;
  /** @param work must not reject */
  add(key: string, work: () => Promise<void>): void;
  idle(): Promise<void>;
}

export function createLanes(): Lanes {
  const lanes = new Map<string, (() => Promise<void>)[]>();
  const running = new Set<Promise<void>>();
  const queue: (() => void)[] = [];
  let free = AT_ONCE;

  async function run(key: string, lane: (() => Promise<void>)[]): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
    for (let work = lane.shift(); work; work = lane.shift()) await work();
    lanes.delete(key);
    // The place goes to the next in line, or is free again.
    const next = queue.shift();
    if (next) next();
    else free += 1;
  }

  return {
    has: (key) => lanes.has(key),
    add(key, work) {
      const lane = lanes.get(key);
      if (lane) return void lane.push(work);
      const begun = [work];
      lanes.set(key, begun);
      const done = run(key, begun).then(() => void running.delete(done));
      running.add(done);
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
