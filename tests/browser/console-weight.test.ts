import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../dist/console');
const LIMIT = 250 * 1024;

/** The page's scripts and what it asks the browser to load along with them. */
async function firstScripts(): Promise<string[]> {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  const names = [...page.matchAll(/\/console\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  return Promise.all([...new Set(names)].map((name) => readFile(join(folder, name), 'utf8')));
}

test('everything needed to show the inbox is at most 250 kB of script, compressed', async () => {
  const scripts = await firstScripts();
  expect(scripts.length).toBeGreaterThan(1);
  const size = scripts.reduce((sum, script) => sum + gzipSync(script).byteLength, 0);
  expect(size).toBeLessThanOrEqual(LIMIT);
});

test('the schemas of the contract stay on the server, and no icon is ever asked of the internet', async () => {
  const code = (await firstScripts()).join('\n');
  expect(code).not.toContain('ZodError');
  expect(code).not.toContain('api.iconify.design');
});

test('what is served compressed is the file itself', async () => {
  const assets = join(folder, 'assets');
  const unpack = { br: brotliDecompressSync, gz: gunzipSync };
  let compared = 0;
  for (const name of await readdir(assets)) {
    const [, original, kind] = /^(.+)\.(br|gz)$/.exec(name) ?? [];
    if (!original) continue;
    const unpacked = unpack[kind as 'br' | 'gz'](await readFile(join(assets, name)));
    expect(unpacked.equals(await readFile(join(assets, original))), name).toBe(true);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(20);
});
