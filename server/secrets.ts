import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Db } from './database/database.ts';
import { json } from './database/json.ts';

/**
 * What this installation signs with while the setting `SECRET` is absent: made on first use and kept in the database,
 * so that all its servers agree.
 */
export async function installationSecret(db: Db, now: Date): Promise<string> {
  const key = 'installation-secret';
  const made = json(randomBytes(32).toString('hex'));
  await db
    .insertInto('setting')
    .values({ key, value: made, updated_at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  const { value } = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirstOrThrow();
  return z.string().min(32).parse(value);
}

/** The sample people's password, made on first use and kept in DATA_DIR for its owner to read again. */
export async function samplePassword(dataDir: string): Promise<string> {
  const path = join(dataDir, 'sample-password');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dataDir, { recursive: true });
  const password = spokenPassword();
  await writeFile(path, `${password}\n`, { mode: 0o600, flag: 'wx' });
  return password;
}

/** A password that can be read out and typed: 60 bits in groups of letters and digits that are hard to mistake. */
function spokenPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = [...randomBytes(12)].map((byte) => alphabet[byte % alphabet.length]);
  return [letters.slice(0, 4), letters.slice(4, 8), letters.slice(8)].map((group) => group.join('')).join('-');
}
