import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { maySeeCase } from './case-access.ts';

/** Whether a case that the actor may see holds the file. */
export async function reachesCaseFile(db: Db, actor: Actor, attachmentId: string): Promise<boolean> {
  const cases = await db
    .selectFrom('case_attachment as f')
    .innerJoin('service_case as c', 'c.id', 'f.case_id')
    .select(['c.protected', 'c.department_id'])
    .where('f.attachment_id', '=', attachmentId)
    .execute();
  return cases.some((row) => maySeeCase(actor, row));
}
