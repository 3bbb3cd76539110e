import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { planted } from './planted-violations.ts';

const root = path.resolve(import.meta.dirname, '../..');
const config = path.join(root, '.dependency-cruiser.cjs');
const depcruise = path.join(root, 'node_modules/.bin/depcruise');
const rules: { name: string }[] = createRequire(import.meta.url)(config).forbidden;
const places = ['server', 'bots', 'channels', 'agent-console', 'map', 'softphone', 'tests'];

describe('who may import whom', () => {
  test('holds in the whole tree', async () => {
    expect(await violationsIn(root)).toEqual([]);
  });

  describe('bites on a planted violation', () => {
    let folder: TemporaryFolder;
    let found: Violation[];

    beforeAll(async () => {
      folder = await temporaryFolder('architecture');
      for (const place of places) await mkdir(path.join(folder.path, place));
      const files = planted.flatMap(({ files }) => Object.entries(files));
      for (const [name, content] of files) {
        const file = path.join(folder.path, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, content);
      }
      found = await violationsIn(folder.path);
    });

    afterAll(() => folder?.remove());

    test.for(planted)('of $rule', ({ rule, files }) => {
      const [breach] = Object.keys(files);
      expect(found.map(({ rule, from }) => `${rule}: ${from}`)).toContain(`${rule}: ${breach}`);
    });

    test('of every rule there is', () => {
      expect(planted.map(({ rule }) => rule).sort()).toEqual(rules.map(({ name }) => name).sort());
    });

    test('and on nothing else', () => {
      const expected = planted.flatMap(({ rule, files }) => Object.keys(files).map((from) => `${rule}: ${from}`));
      expect(found.filter(({ rule, from }) => !expected.includes(`${rule}: ${from}`))).toEqual([]);
    });
  });
});

interface Violation {
  rule: string;
  from: string;
  to: string;
}

/** Runs the very check of `npm run check` on a tree. */
async function violationsIn(cwd: string): Promise<Violation[]> {
  const args = ['--config', config, '--output-type', 'json', ...places];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(depcruise, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      stdout ? resolve(stdout) : reject(error ?? new Error(stderr)),
    );
  });
  const { violations }: { violations: { rule: { name: string }; from: string; to: string }[] } =
    JSON.parse(output).summary;
  return violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}
