import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { figureIds, figures } from '../../server/contract/figures.ts';

const docs = join(import.meta.dirname, '../../docs/reports.md');

test('the page about figures holds the definitions that stand on the screen', async () => {
  const page = await readFile(docs, 'utf8');
  const rows = figureIds.map((id) => {
    const { title, rule } = figures[id];
    return `| **${title.en}** (${title.es}) | ${rule.en} |`;
  });
  const table = ['| figure | how it is counted |', '|---|---|', ...rows].join('\n');
  expect(page).toContain(`<!-- figures -->\n${table}\n<!-- /figures -->`);
});
