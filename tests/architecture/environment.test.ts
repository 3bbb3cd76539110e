import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const places = ['server', 'bots', 'channels', 'cities', 'agent-console/src'];
const reader = 'server/config.ts';
/** Runs when the screens are built, not in the server. */
const builders = /vite\.config\.ts$/;
const reading = /\bprocess\s*\.\s*env\b|\bimport\.meta\.env\b|\benv\b.*from 'node:process'/;

test('only the configuration reads the environment', async () => {
  const files = (await Promise.all(places.map(sources))).flat();
  const readers = [];
  for (const file of files) {
    if (reading.test(await readFile(path.join(root, file), 'utf8'))) readers.push(file);
  }
  expect(readers).toEqual([reader]);
});

async function sources(place: string): Promise<string[]> {
  const entries = await readdir(path.join(root, place), { recursive: true });
  return entries
    .map((entry) => path.join(place, entry))
    .filter((file) => /\.(ts|vue)$/.test(file) && !builders.test(file));
}
