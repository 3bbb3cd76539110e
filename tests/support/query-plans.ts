import type { Database } from '../../server/database/database.ts';

export interface Planned {
  text: string;
  plan: string;
}

/** Every query of `work` that reads one of these tables, explained by the database it ran on. */
export async function plansOf(
  { pool }: Pick<Database, 'pool'>,
  tables: RegExp,
  work: () => Promise<void>,
): Promise<Planned[]> {
  const asked: { text: string; values: unknown[] }[] = [];
  const listen = (client: { query(...args: unknown[]): unknown }) => {
    const plain = client.query.bind(client);
    client.query = (...args: unknown[]) => {
      const [query, values] = args;
      if (typeof query === 'string' && tables.test(query)) {
        asked.push({ text: query, values: (values as unknown[]) ?? [] });
      }
      return plain(...args);
    };
    return () => {
      client.query = plain;
    };
  };
  const undo: (() => void)[] = [];
  const onAcquire = (client: unknown) => undo.push(listen(client as Parameters<typeof listen>[0]));
  pool.on('acquire', onAcquire);
  await work();
  pool.off('acquire', onAcquire);
  for (const stop of undo.reverse()) stop();
  return Promise.all(
    asked.map(async ({ text, values }) => {
      const { rows } = await pool.query(`explain ${text}`, values);
      return { text, plan: rows.map((row) => row['QUERY PLAN']).join('\n') };
    }),
  );
}
