import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A running main process of PostgreSQL. */
export interface Postmaster {
  pid: number;
  port: number;
  /** False while it starts, recovers from a crash or shuts down. */
  ready: boolean;
}

/**
 * The postmaster that runs on `clusterDir`, by its `postmaster.pid`; `null` when none does. The pid of a file left
 * by a crash may belong to another program by now, so the process is asked for its command line as well.
 * Lines of the file: https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/utils/pidfile.h
 */
export async function readPostmaster(clusterDir: string): Promise<Postmaster | null> {
  const lines = (await readFile(pidFileOf(clusterDir), 'utf8').catch(() => '')).split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!pid || !port || !(await isPostmaster(pid, clusterDir))) return null;
  return { pid, port, ready: lines[7]?.trim() === 'ready' };
}

export function pidFileOf(clusterDir: string): string {
  return path.join(clusterDir, 'postmaster.pid');
}

/** Whether `pid` is a live (not a defunct) postmaster of this very cluster. */
export async function isPostmaster(pid: number, clusterDir: string): Promise<boolean> {
  return (await commandLine(pid)).includes(`-D ${clusterDir} `);
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  }
  return run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** Waits until the postmaster is gone; false when it is still there after `timeout` milliseconds. */
export async function waitUntilGone(pid: number, clusterDir: string, timeout: number): Promise<boolean> {
  const deadline = performance.now() + timeout;
  while (await isPostmaster(pid, clusterDir)) {
    if (performance.now() > deadline) return false;
    await pause(20);
  }
  return true;
}

/**
 * Stops it: first "fast" (open transactions are rolled back, everything is written), then, should that hang,
 * "immediate", from which PostgreSQL recovers at its next start.
 * https://www.postgresql.org/docs/18/server-shutdown.html
 */
export async function stopPostmaster(pid: number, clusterDir: string): Promise<void> {
  for (const [signal, timeout] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    if (!(await isPostmaster(pid, clusterDir))) return;
    process.kill(pid, signal);
    if (await waitUntilGone(pid, clusterDir, timeout)) return;
  }
}
