import type { Database } from '../../server/database/database.ts';

export interface QueryLog {
  /** How many queries matched so far. */
  count(pattern: RegExp): number;
  stop(): void;
}

/** Listens to what is asked of a database from now on, its transactions included. */
export function logQueries({ pool }: Pick<Database, 'pool'>): QueryLog {
  const asked: string[] = [];
  const undo = new Map<unknown, () => void>();
  const onAcquire = (acquired: unknown) => {
    if (undo.has(acquired)) return;
    const client = acquired as { query(...args: unknown[]): unknown };
    const plain = client.query;
    client.query = (...args: unknown[]) => {
      const [query] = args;
      asked.push(typeof query === 'string' ? query : (query as { text: string }).text);
      return plain.apply(client, args);
    };
    undo.set(acquired, () => {
      client.query = plain;
    });
  };
  pool.on('acquire', onAcquire);
  return {
    count: (pattern) => asked.filter((query) => pattern.test(query)).length,
    stop() {
      pool.off('acquire', onAcquire);
      for (const restore of undo.values()) restore();
    },
  };
}
