import { readFile, realpath } from 'node:fs/promises';
import { totalmem } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { lockDataDirectory } from './data-directory-lock.ts';
import { type Cluster, databaseName, prepareCluster } from './postgres-cluster.ts';
import { ensureRunning } from './postgres-process.ts';
import { isPostmaster, type Postmaster, readPostmaster, stopPostmaster } from './postmaster.ts';

const defaults = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: `${sharedMegabytes()}MB`,
  // Nobody keeps a database on spinning disks any more: reading here and there costs little more than in a row.
  random_page_cost: '1.1',
  wal_compression: 'on',
  timezone: 'UTC',
  log_checkpoints: 'off',
};
/**
 * An eighth of what there is, so that what a year has brought is found without asking the disk: the server and whatever
 * else runs here want theirs. Within a container it is the container's.
 */
function sharedMegabytes(): number {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.min(1_024, Math.max(128, Math.floor(bytes / 8 / 2 ** 20)));
}

const lookEvery = 500;
const afterFailure = 5_000;

export interface EmbeddedPostgresOptions {
  /** Absolute or relative; the data lives in its `postgres` folder, the log in `postgres.log` beside it. */
  dataDir: string;
  /** Gets one line of text a noteworthy event. */
  log: (line: string) => void;
  /** Further settings of PostgreSQL by name. `fsync=off` is for tests only. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  /** The server's own database, with its password: never log it. */
  url: string;
  /** True when it was already running, since its last server died without stopping it. */
  adopted: boolean;
  /** Shuts PostgreSQL down and frees the data directory for another server. */
  stop(): Promise<void>;
}

/**
 * Runs the PostgreSQL that npm installed on `dataDir`, listening on 127.0.0.1 only, and creates its data on first
 * use. It is detached: when this process is killed it goes on whole, and the next start adopts it; when it dies
 * itself, it is started again on the same port, so `url` holds until `stop()`.
 * Throws DataDirectoryInUseError when another server has `dataDir`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lock = await lockDataDirectory(path.resolve(options.dataDir));
  try {
    const cluster = await prepareCluster(await realpath(options.dataDir));
    const settings = { ...defaults, ...options.settings };
    const postmaster = await ensureRunning(cluster, settings);
    await ensureDatabase(cluster, postmaster.port);
    const watch = keepRunning(cluster, settings, postmaster, options.log);
    const stop = async () => {
      await watch.end();
      const running = await readPostmaster(cluster.dir);
      if (running) await stopPostmaster(running.pid, cluster.dir);
      lock.release();
    };
    return { url: urlOf(cluster, postmaster.port), adopted: postmaster.adopted, stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The URL of the PostgreSQL that runs on `dataDir`, whoever started it; null when none does. */
export async function findEmbeddedPostgres(dataDir: string): Promise<string | null> {
  const folder = await realpath(dataDir).catch(() => null);
  const running = folder ? await readPostmaster(path.join(folder, 'postgres')) : null;
  if (!folder || !running?.ready) return null;
  const password = await readFile(path.join(folder, 'postgres.password'), 'utf8');
  return urlOf({ password: password.trim() }, running.port);
}

function urlOf(cluster: Pick<Cluster, 'password'>, port: number, database = databaseName): string {
  return `postgres://${databaseName}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** Asks PostgreSQL each time: a crash may have come between the cluster and its database. */
async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

/** Starts PostgreSQL again whenever it is gone. An adopted one is nobody's child, so it is looked at, not waited for. */
function keepRunning(
  cluster: Cluster,
  settings: Record<string, string>,
  { pid: first, port }: Postmaster,
  log: (line: string) => void,
) {
  let pid = first;
  let ended = false;
  let round: Promise<void> = Promise.resolve();

  const look = async () => {
    if (await isPostmaster(pid, cluster.dir)) return;
    log(`PostgreSQL (pid ${pid}) is gone; starting it again`);
    pid = (await ensureRunning(cluster, settings, port)).pid;
    log(`PostgreSQL runs again (pid ${pid})`);
  };
  const schedule = (delay: number) => {
    setTimeout(next, delay).unref();
  };
  const next = () => {
    if (ended) return;
    round = look().then(
      () => schedule(lookEvery),
      (error: Error) => {
        log(`PostgreSQL did not start again: ${error.message}`);
        schedule(afterFailure);
      },
    );
  };
  schedule(lookEvery);
  return {
    end: async () => {
      ended = true;
      await round;
    },
  };
}
