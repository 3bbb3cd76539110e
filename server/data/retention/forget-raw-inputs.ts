import { sql } from 'kysely';
import type { RetentionParts } from './retention-parts.ts';

/** What no version could read, with the file of a mail that nothing else leads to. */
export async function forgetRawInputs({ database, files }: RetentionParts, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ body: string }>`
    select r.body from raw_input r where r.id = any(${[...ids]}) and r.body like 'mail/%'
      and not exists (select from email e where e.raw_key = r.body)`.execute(database.db);
  for (const { body } of rows) await files.remove(body);
  await sql`delete from raw_input where id = any(${[...ids]})`.execute(database.db);
}
