import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, Tx } from '../database/database.ts';
import type { EventBus } from '../event-bus.ts';
import { foldEntries } from './fold-entries.ts';

/** Any fixed number: one server at a time makes entries, so that an older one never covers a newer. */
const LOCK = 4_200_101;
const BATCH = 300;
/** People go on writing: what they say within this time is folded once. */
const SETTLE_MS = 400;
const LOOK_EVERY_MS = 5_000;
/** Searching may be a moment late; answering may not. After each batch it rests for so many times as long as that took. */
const REST = 3;
/** Serialisation failure and deadlock: gone on a second try. */
const PASSING = new Set(['40001', '40P01']);

export interface SearchKeeper {
  /** Makes every entry that is due, and waits for what is under way. It runs by itself; tests and loaders call it. */
  catchUp(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps what is searched up to what is stored. The newest come first: what was missed long ago can wait. */
export function keepEntries({ database, bus, log }: { database: Database; bus: EventBus; log: Logger }): SearchKeeper {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  const after = (ms: number) => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = null;
      running = pass();
    }, ms).unref();
  };
  async function pass(): Promise<void> {
    const begun = performance.now();
    const done = await attempt();
    if (done > 0) after(Math.max(SETTLE_MS, (performance.now() - begun) * REST));
  }
  async function attempt(): Promise<number> {
    try {
      return await database.transaction((tx) => foldNext(tx, log));
    } catch (error) {
      if (!stopped) log.warn({ err: error }, 'search entries were not made yet, it will be tried again');
      return 0;
    }
  }

  const kick = () => after(SETTLE_MS);
  bus.subscribe('messages.stored', kick);
  bus.subscribe('tickets.changed', kick);
  bus.subscribe('citizen.changed', kick);
  const look = setInterval(kick, LOOK_EVERY_MS).unref();
  return {
    async catchUp() {
      const next = (tx: Tx) => sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx).then(() => foldNext(tx, log));
      while ((await database.transaction(next)) > 0);
    },
    async stop() {
      stopped = true;
      clearInterval(look);
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

/** @returns how many were due; 0 also while another server is at it */
async function foldNext(tx: Tx, log: Logger): Promise<number> {
  const { rows: free } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as mine`.execute(tx);
  if (!free[0]?.mine) return 0;
  const { rows } = await sql<{ id: string }>`
    delete from search_due where id in (select id from search_due order by id desc limit ${BATCH})
    returning ticket_id as id`.execute(tx);
  if (rows.length === 0) return 0;
  await foldAll(tx, log, [...new Set(rows.map(({ id }) => id))]);
  return rows.length;
}

/** One that cannot be read must not keep the others from being found: then each is tried by itself, and left as it was. */
async function foldAll(tx: Tx, log: Logger, ids: readonly string[]): Promise<void> {
  await sql`savepoint fold`.execute(tx);
  try {
    await foldEntries(tx, sql`t.id = any(${[...ids]}::uuid[])`);
  } catch (error) {
    if (PASSING.has((error as { code?: string }).code ?? '')) throw error;
    await sql`rollback to savepoint fold`.execute(tx);
    if (ids.length > 1) for (const id of ids) await foldAll(tx, log, [id]);
    else log.error({ err: error, ticketId: ids[0] }, 'a contact cannot be searched as it is now');
  }
}
