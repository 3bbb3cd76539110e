import { sql } from 'kysely';
import { erasedColumns } from '../person/personal-rows.ts';
import type { RetentionParts } from './retention-parts.ts';

/**
 * Who reported it, what they wrote and what they photographed. Folio, service, department, dates, colonia and a point
 * to a hundred metres stay: maps and figures are made of them.
 */
export async function forgetCases({ database, files }: RetentionParts, cases: readonly string[]): Promise<void> {
  if (cases.length === 0) return;
  const ids = [...cases];
  const photos = await database.db
    .selectFrom('case_attachment as f')
    .innerJoin('attachment as a', 'a.id', 'f.attachment_id')
    .select(['a.id', 'a.storage_key as key'])
    .where('f.case_id', 'in', ids)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_attachment as o')
            .select('o.case_id')
            .whereRef('o.attachment_id', '=', 'f.attachment_id')
            .where('o.case_id', 'not in', ids),
        ),
      ),
    )
    .execute();
  for (const { key } of photos) await files.remove(key);
  await database.transaction(async (tx) => {
    await tx.deleteFrom('case_attachment').where('case_id', 'in', ids).execute();
    if (photos.length > 0) {
      const gone = photos.map(({ id }) => id);
      await tx.deleteFrom('attachment').where('id', 'in', gone).execute();
    }
    await sql`update case_event t set ${erasedColumns('case_event')} where t.case_id = any(${ids})`.execute(tx);
    await tx.deleteFrom('case_follower').where('case_id', 'in', ids).execute();
    await tx.deleteFrom('case_ticket').where('case_id', 'in', ids).execute();
    await sql`update service_case t set description = '—', address = null, reference = null, affected = null,
        safe_contact = null, answers = null, reason = null, origin_key = null, photos = 0, followers = 0, citizen_id = null,
        conversation_id = null, latitude = round(t.latitude::numeric, 3), longitude = round(t.longitude::numeric, 3),
        search = lower(t.folio) where t.id = any(${ids})`.execute(tx);
  });
}
