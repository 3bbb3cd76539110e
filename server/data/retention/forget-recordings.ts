import { sql } from 'kysely';
import type { RetentionParts } from './retention-parts.ts';

/** What was recorded, with what was written down of it; that there was a recording, and how long, stays. */
export async function forgetRecordings({ database, files }: RetentionParts, ids: readonly string[]): Promise<void> {
  const found = await database.db
    .selectFrom('call_recording as r')
    .innerJoin('attachment as a', 'a.id', 'r.attachment_id')
    .select(['a.id', 'a.storage_key as key'])
    .where('r.id', 'in', [...ids])
    .execute();
  for (const { key } of found) await files.remove(key);
  await database.transaction(async (tx) => {
    await sql`update call_recording set state = 'erased', erased_at = now(), attachment_id = null, transcript = null,
      source = null where id = any(${[...ids]}) and state = 'kept'`.execute(tx);
    const gone = found.map(({ id }) => id);
    if (gone.length > 0) await tx.deleteFrom('attachment').where('id', 'in', gone).execute();
  });
}

export async function forgetTranscripts({ database }: RetentionParts, ids: readonly string[]): Promise<void> {
  await sql`update call_recording set transcript = null where id = any(${[...ids]})`.execute(database.db);
}
