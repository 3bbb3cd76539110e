import { spawnSync } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

/** Runs npm, the very one that runs us if there is one, and throws when it fails. */
export function npm(...args) {
  const self = process.env.npm_execpath;
  const [file, ...before] = self ? [process.execPath, self] : ['npm'];
  const { status, signal, error } = spawnSync(file, [...before, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed (${error?.message ?? signal ?? status})`);
}
