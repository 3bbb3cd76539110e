import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Learnt } from './classifier.ts';

const folder = resolve(import.meta.dirname, '../../node_modules/.cache/linea-learnt');
/** A city under work has several at a time; older ones are thrown away. */
const MOST_KEPT = 8;

/**
 * What was learnt from the same lessons by the same program before, else what is learnt now. Only saves time: where
 * nothing can be kept, everything is learnt at each start.
 */
export async function learntOnce(lessons: unknown, study: () => Promise<Learnt>): Promise<Learnt> {
  const file = join(folder, await nameOf(lessons));
  const kept = await readFile(file).catch(() => null);
  // What cannot be read is learnt again.
  const known = kept && attempt(() => deserialize(kept) as Learnt);
  if (known) return known;
  const learnt = await study();
  await keep(file, learnt).catch(() => {});
  return learnt;
}

/** The same lessons taught by other code are other knowledge. */
async function nameOf(lessons: unknown): Promise<string> {
  const hash = createHash('sha256').update(process.version).update(JSON.stringify(lessons));
  for (const name of (await readdir(import.meta.dirname)).sort()) {
    hash.update(await readFile(join(import.meta.dirname, name)));
  }
  return `${hash.digest('hex').slice(0, 32)}.bin`;
}

async function keep(file: string, learnt: Learnt): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Others may read while it is written.
  const unfinished = `${file}.${randomUUID()}`;
  await writeFile(unfinished, serialize(learnt));
  await rename(unfinished, file);
  const names = await readdir(folder);
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0 })),
  );
  const old = aged.sort((a, b) => b.at - a.at).slice(MOST_KEPT);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
