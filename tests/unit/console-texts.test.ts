import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../agent-console/src');

type Texts = { [key: string]: string | Texts };

/** What is loaded at once, and what comes with the parts that are loaded later. */
const files = (await readdir(join(root, 'locales')))
  .filter((name) => name.endsWith('es.json'))
  .map((name) => name.slice(0, -'es.json'.length));

const read = async (name: string): Promise<Texts> =>
  JSON.parse(await readFile(join(root, `locales/${name}.json`), 'utf8'));

function together(branch: Texts, more: Texts): Texts {
  const merged = { ...branch };
  for (const [key, value] of Object.entries(more)) {
    const known = merged[key];
    merged[key] = typeof value === 'string' || typeof known !== 'object' ? value : together(known, value);
  }
  return merged;
}

async function texts(locale: string): Promise<Texts> {
  const parts = await Promise.all(files.map((file) => read(`${file}${locale}`)));
  return parts.reduce(together);
}

function keysOf(branch: Texts, prefix = ''): string[] {
  return Object.entries(branch).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}${key}`] : keysOf(value, `${prefix}${key}.`),
  );
}

function textAt(branch: Texts, key: string): string {
  const found = key.split('.').reduce<string | Texts | undefined>((at, part) => (at as Texts)?.[part], branch);
  return typeof found === 'string' ? found : '';
}

async function sources(): Promise<string> {
  const found = await readdir(root, { recursive: true });
  const code = found.filter((file) => /\.(vue|ts)$/.test(file)).map((file) => readFile(join(root, file), 'utf8'));
  return (await Promise.all(code)).join('\n');
}

const [es, en] = [await texts('es'), await texts('en')];

describe('the texts of the console', () => {
  test('are the same keys in both languages, in alphabetical order', async () => {
    expect(keysOf(en).sort()).toEqual(keysOf(es).sort());
    const sorted = (branch: Texts): boolean => {
      const keys = Object.keys(branch);
      const inOrder = keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
      return inOrder && Object.values(branch).every((value) => typeof value === 'string' || sorted(value));
    };
    for (const file of files) {
      expect(sorted(await read(`${file}es`)), file).toBe(true);
      expect(sorted(await read(`${file}en`)), file).toBe(true);
    }
  });

  test('leave nothing empty and name the same values in both languages', () => {
    const values = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
    for (const key of keysOf(es)) {
      expect(textAt(es, key), key).not.toBe('');
      expect(values(textAt(en, key)), key).toEqual(values(textAt(es, key)));
    }
  });

  test('exist for every key that a screen asks for by name, and each is asked for', async () => {
    const code = await sources();
    const named = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    const known = new Set(keysOf(es));
    expect(named.filter((key) => !known.has(key))).toEqual([]);

    // Keys put together from a part, such as t(`state.${name}`), count as asked for by that part.
    const built = [...code.matchAll(/`([a-zA-Z_.]+)\.\$\{/g)].map((match) => `${match[1]}.`);
    const quoted = new Set([...code.matchAll(/'([a-zA-Z_]+(?:\.\w+)+)'/g)].map((match) => match[1] ?? ''));
    const unused = [...known].filter((key) => !quoted.has(key) && !built.some((part) => key.startsWith(part)));
    expect(unused).toEqual([]);
  });
});
