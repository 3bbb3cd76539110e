import type { Database } from '../../server/database/database.ts';

export interface Planned {
  text: string;
  plan: string;
}

/** Every query of `work` that reads one of these tables, explained by the database it ran on. */
export async function plansOf(
  database: Pick<Database, 'pool'>,
  tables: RegExp,
  work: () => Promise<void>,
): Promise<Planned[]> {
  const asked = await queriesOf(database, tables, work);
  return Promise.all(
    asked.map(async ({ text, values }) => {
      const { rows } = await database.pool.query(`explain ${text}`, values);
      return { text, plan: rows.map((row) => row['QUERY PLAN']).join('\n') };
    }),
  );
}

export interface Measured extends Planned {
  /** Rows that scans took from tables, those included that were thrown away. */
  rowsRead: number;
}

/** As `plansOf`, run once more and counted. Only for work that changes nothing. */
export async function readsOf(
  database: Pick<Database, 'pool'>,
  tables: RegExp,
  work: () => Promise<void>,
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { text, values } of await queriesOf(database, tables, work)) {
    const { rows } = await database.pool.query(`explain (analyze, timing off) ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    measured.push({ text, plan, rowsRead: rowsRead(plan) });
  }
  return measured;
}

/** Of each scan of a table, per loop: what it gave, and what its filter threw away. */
function rowsRead(plan: string): number {
  let read = 0;
  let loops = 0;
  for (const line of plan.split('\n')) {
    const node = /-> .*?\(actual rows=([\d.]+) loops=(\d+)\)|^\S.*\(actual rows=([\d.]+) loops=(\d+)\)/.exec(line);
    if (node) {
      const scans =
        /Scan/.test(line) && !/Bitmap Index Scan|Function Scan|CTE Scan|Subquery Scan|Values Scan/.test(line);
      loops = scans ? Number(node[2] ?? node[4]) : 0;
      read += loops * Number(node[1] ?? node[3]);
    }
    const removed = /Rows Removed by (?:Filter|Index Recheck): (\d+)/.exec(line);
    if (removed) read += loops * Number(removed[1]);
  }
  return Math.round(read);
}

interface Query {
  text: string;
  values: unknown[];
}

async function queriesOf(
  { pool }: Pick<Database, 'pool'>,
  tables: RegExp,
  work: () => Promise<void>,
): Promise<Query[]> {
  const asked: Query[] = [];
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
  return asked;
}
