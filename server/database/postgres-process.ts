import { spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { commandAs } from './postgres-account.ts';
import { type Cluster, postgresPrograms } from './postgres-cluster.ts';
import { type Postmaster, pidFileOf, readPostmaster } from './postmaster.ts';

/** Recovery after a crash reads at most `max_wal_size` (1 GB), which a slow disk does in less. */
const startLimit = 300_000;
const logLimit = 10 * 1024 * 1024;

/** What passes by itself: sessions of a killed server that have not noticed yet, and a port taken meanwhile. */
const passing = /is still in use|Address already in use|lock file "postmaster.pid" already exists/;

export interface RunningPostmaster extends Postmaster {
  adopted: boolean;
}

/**
 * Returns once a postmaster on `cluster` accepts connections: the one that runs already (adopted, with the settings
 * it has) or a new one on `port`, or on any free port when none is asked for.
 * Throws with the last lines of PostgreSQL's own log when it cannot start.
 */
export async function ensureRunning(
  cluster: Cluster,
  settings: Record<string, string>,
  port?: number,
): Promise<RunningPostmaster> {
  const deadline = performance.now() + startLimit;
  let launch: Launch | undefined;
  while (performance.now() < deadline) {
    const running = await readPostmaster(cluster.dir);
    if (running?.ready) return { ...running, adopted: running.pid !== launch?.pid };
    const failure = await launch?.failure();
    if (failure && !passing.test(failure)) throw new Error(`PostgreSQL did not start:\n${failure}`);
    if (!running && (failure || !launch)) launch = await startProcess(cluster, settings, port ?? (await freePort()));
    await pause(20);
  }
  throw new Error(`PostgreSQL accepted no connection for ${startLimit / 60_000} minutes; see ${cluster.dir}.log.`);
}

interface Launch {
  pid: number | undefined;
  /** What the process wrote when it has ended; undefined while it lives. */
  failure(): Promise<string | undefined>;
}

async function startProcess(cluster: Cluster, settings: Record<string, string>, port: number): Promise<Launch> {
  await removeForeignPidFile(cluster.dir);
  const { postgres } = await postgresPrograms();
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const args = ['-D', cluster.dir, '-p', String(port), ...flags];
  const command = await commandAs(cluster.account, postgres, args, [cluster.dir]);
  const log = await openLog(`${cluster.dir}.log`);
  try {
    const child = spawn(command.file, command.args, {
      ...command.options,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let ended: string | undefined;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code, signal) => (ended ??= `ended with ${code ?? signal}`));
    child.unref();
    return {
      pid: child.pid,
      failure: async () => ended && `${await tail(`${cluster.dir}.log`, log.offset)}${ended}`,
    };
  } finally {
    await log.close();
  }
}

/**
 * In a container that restarts, the pid in the file of a crashed postmaster soon belongs to another program, and
 * PostgreSQL would wait for that one. A file whose pid is dead is left to PostgreSQL: it also proves that no session
 * of the old postmaster is left.
 */
async function removeForeignPidFile(clusterDir: string): Promise<void> {
  const pid = Number.parseInt(await readFile(pidFileOf(clusterDir), 'utf8').catch(() => ''), 10);
  if (pid > 0 && isAlive(pid) && !(await readPostmaster(clusterDir))) await rm(pidFileOf(clusterDir), { force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function openLog(file: string): Promise<{ fd: number; offset: number; close(): Promise<void> }> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logLimit) await rename(file, `${file}.1`);
  const handle = await open(file, 'a', 0o600);
  return { fd: handle.fd, offset: (await handle.stat()).size, close: () => handle.close() };
}

async function tail(file: string, offset: number): Promise<string> {
  const content = await readFile(file);
  return content.subarray(offset).toString('utf8').slice(-4_000);
}
