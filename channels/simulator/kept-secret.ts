import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** From which the accounts are made: the same each time, so that what stands in `.env` goes on being right. */
export async function keptSecret(folder: string): Promise<string> {
  const file = join(folder, 'simulator-secret');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept;
  const secret = randomBytes(32).toString('hex');
  await mkdir(folder, { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}
