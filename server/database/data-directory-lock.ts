import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
const busy = 5;

/** Another server holds the data directory. Its `message` is the one line to show; nothing was changed. */
export class DataDirectoryInUseError extends Error {
  readonly code = 'data_directory_in_use';
  readonly dataDir: string;
  readonly pid: number | undefined;

  constructor(dataDir: string, pid: number | undefined) {
    super(`Another server (pid ${pid ?? 'unknown'}) is using DATA_DIR ${dataDir}; nothing was touched.`);
    this.name = 'DataDirectoryInUseError';
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

export interface DataDirectoryLock {
  release(): void;
}

/**
 * Takes the data directory for this process until `release()` or the end of the process, however it ends.
 * Throws DataDirectoryInUseError when another live process has it.
 *
 * The lock is an exclusive SQLite transaction on an empty file, that is a file lock of the kernel, which Node
 * itself does not offer. The kernel grants it to one process only, so two servers that start at once cannot both
 * win, and drops it when its holder dies, so there is no stale lock to judge; a pid file alone has both faults,
 * and an advisory lock in the database comes too late, since which process starts the database is the question.
 * `server.pid` is only there to name the holder.
 */
export async function lockDataDirectory(dataDir: string): Promise<DataDirectoryLock> {
  // The system user of PostgreSQL has to pass through this folder, but not to list it.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  const pidFile = path.join(dataDir, 'server.pid');
  const file = new DatabaseSync(path.join(dataDir, 'server.lock'), { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === busy) {
      throw new DataDirectoryInUseError(dataDir, await readPid(pidFile));
    }
    throw error;
  }
  await writeFile(pidFile, `${process.pid}\n`);
  return { release: () => file.isOpen && file.close() };
}

async function readPid(pidFile: string): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  return Number.isNaN(pid) ? undefined : pid;
}
