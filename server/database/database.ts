import { Migrator } from '@mikro-orm/migrations';
import { type InferKyselyDB, MikroORM } from '@mikro-orm/postgresql';
import type { Kysely, Transaction } from 'kysely';
import pg from 'pg';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';

type Orm = Awaited<ReturnType<typeof connect>>;
export type Tables = InferKyselyDB<(typeof entities)[number]>;

/** Set-based queries, typed by the entities. A service takes one, so that a transaction rebinds it. */
export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

export interface Database {
  db: Db;
  /**
   * Runs `work` in one transaction. Deadlocks and serialisation failures are tried again, so `work` must have no
   * effect but through `tx`.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For parts that speak `pg` themselves (sign-in). */
  pool: pg.Pool;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** int8 as a number: our identities stay far below 2^53. A date is a day on the wall, not an instant. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.DATE, String);

function connect(url: string, poolSize: number, onPoolCreated: (pool: pg.Pool) => void) {
  return MikroORM.init({
    clientUrl: url,
    entities,
    extensions: [Migrator],
    discovery: { warnWhenNoEntities: false },
    migrations: { migrationsList: migrations, tableName: 'migration', snapshot: false, silent: true },
    pool: { min: 0, max: poolSize },
    driverOptions: {
      types,
      onPoolCreated,
      // A process that froze in the middle of a transaction must not keep others waiting for its locks.
      idle_in_transaction_session_timeout: 10_000,
      // Who finds every connection taken for so long is refused and tries again, instead of waiting for ever.
      connectionTimeoutMillis: 10_000,
    },
    ensureDatabase: false,
  } as const);
}

/**
 * Connects and brings the schema up to date; migrations of two servers starting together wait for each other.
 * @param url `postgres://…`, PostgreSQL 15 or newer
 * @param onPool gets the connections before the first is made
 */
export async function openDatabase(url: string, poolSize = 20, onPool?: (pool: pg.Pool) => void): Promise<Database> {
  let pool: pg.Pool | undefined;
  const orm = await connect(url, poolSize, (created) => {
    pool = created;
    onPool?.(created);
  });
  await orm.connect();
  if (!pool) throw new Error('The PostgreSQL driver made no pool');
  await migrate(orm, pool);
  const db: Db = orm.em.getKysely<Tables>();
  return {
    db,
    pool,
    transaction: (work) => retryConflicts(() => db.transaction().execute(work)),
    ping: async () => void (await pool?.query('select 1')),
    close: () => orm.close(),
  };
}

/**
 * Brings the schema up to date.
 * @param only the migrations that an older version knew: the schema becomes as it was then
 */
export async function migrateDatabase(url: string, only?: readonly string[]): Promise<void> {
  let pool: pg.Pool | undefined;
  const orm = await connect(url, 2, (created) => {
    pool = created;
  });
  try {
    await orm.connect();
    if (!pool) throw new Error('The PostgreSQL driver made no pool');
    await migrate(orm, pool, only);
  } finally {
    await orm.close();
  }
}

/** Any fixed number; what matters is that every server takes the same one. */
const MIGRATION_LOCK = 4_200_001;

async function migrate(orm: Orm, pool: pg.Pool, only?: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await orm.migrator.up(only ? { migrations: [...only] } : {});
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
  }
}

/** Serialisation failure, deadlock, and a unique index that another transaction met first: all gone on a second try. */
const CONFLICTS = new Set(['40001', '40P01', '23505']);
const ATTEMPTS = 5;

async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries >= ATTEMPTS || !CONFLICTS.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}
