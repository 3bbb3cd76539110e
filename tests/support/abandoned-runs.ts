import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DataDirectoryInUseError, lockDataDirectory } from '../../server/database/data-directory-lock.ts';
import { readPostmaster, stopPostmaster } from '../../server/database/postmaster.ts';

const oneHour = 3_600_000;

/** Stops and removes the databases of test runs that were killed: the lock of their folder tells that nobody is left. */
export async function removeAbandonedRuns(prefix: string): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => path.join(tmpdir(), name))) {
    if (Date.now() - (await stat(folder)).mtimeMs < oneHour) continue;
    await removeUnlessHeld(folder);
  }
}

async function removeUnlessHeld(folder: string): Promise<void> {
  try {
    const lock = await lockDataDirectory(folder);
    const cluster = path.join(folder, 'postgres');
    const postmaster = await readPostmaster(cluster);
    if (postmaster) await stopPostmaster(postmaster.pid, cluster);
    lock.release();
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof DataDirectoryInUseError)) throw error;
  }
}
