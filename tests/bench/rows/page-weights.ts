import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Row } from '../report.ts';

const dist = path.resolve(import.meta.dirname, '../../../dist');

/** What a browser has to load, compressed, before it can show the first screen. */
export async function pageWeights(): Promise<Row[]> {
  return [
    {
      id: 'widget_kb',
      what: '/widget.js, gzip',
      value: await weigh([path.join(dist, 'widget/widget.js')]),
      unit: 'kB',
      target: { atMost: 45 },
    },
    {
      id: 'console_script_kb',
      what: 'Scripts of the console up to the inbox, gzip',
      value: await weigh(await scriptsOf(path.join(dist, 'console/index.html'))),
      unit: 'kB',
      target: { atMost: 250 },
    },
  ];
}

async function weigh(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(file)).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1_000;
}

/** Scripts and preloads of the page, and whatever these import at once: the inbox is part of the entry. */
async function scriptsOf(page: string): Promise<string[]> {
  const html = await readFile(page, 'utf8');
  const pending = [...html.matchAll(/(?:src|href)="\/console\/([^"]+\.js)"/g)].map(([, file]) =>
    path.join(path.dirname(page), file ?? ''),
  );
  const found = new Set<string>();
  for (let file = pending.pop(); file; file = pending.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const source = await readFile(file, 'utf8');
    for (const [, imported] of source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g)) {
      pending.push(path.resolve(path.dirname(file), imported ?? ''));
    }
  }
  return [...found];
}
