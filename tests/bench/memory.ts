import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const SETTLED_AFTER_LOOKS = 6;
const LOOK_EVERY_MS = 500;

/** Resident memory of a process in KiB, once it has stopped growing. */
export async function settledMemory(pid: number): Promise<number> {
  let lowest = await residentMemory(pid);
  for (let looks = 0; looks < SETTLED_AFTER_LOOKS; looks += 1) {
    await pause(LOOK_EVERY_MS);
    const now = await residentMemory(pid);
    if (now > lowest * 1.01) looks = 0;
    lowest = now;
  }
  return lowest;
}

async function residentMemory(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    return Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]);
  }
  return Number((await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])).stdout);
}
