import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeEmail } from '../../channels/email/decode/decode-email.ts';
import { normalizedEmail } from '../../channels/email/normalized-email.ts';

const folder = path.resolve(import.meta.dirname, '../corpus/email');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => file.slice(0, -'.eml'.length));

describe('a mail is read as a person reads it', () => {
  test.for(names)('%s', async (name) => {
    const expected: Record<string, unknown> = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
    const found = normalizedEmail(await decodeEmail(readFileSync(path.join(folder, `${name}.eml`))));
    expect(found).toMatchObject(expected);
  });

  test('in at least sixty ways of writing one', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
  });
});
