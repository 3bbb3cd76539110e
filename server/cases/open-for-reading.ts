import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { CaseDetail } from '../contract/case.ts';
import type { City } from '../contract/city.ts';
import type { Db } from '../database/database.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { type Actor, byName } from '../operators/actor.ts';
import { mustSeeCase } from './case-access.ts';
import { recordCaseEvent } from './change-case.ts';
import { readCase } from './read-case.ts';

/** A case with its story, for somebody of the console. Who read a protected one is on record. @throws AppError `not_found` */
export async function openForReading(
  { db, unitOfWork, city }: { db: Db; unitOfWork: UnitOfWork; city: City },
  actor: Actor,
  caseId: string,
  origin: Origin,
): Promise<CaseDetail> {
  const row = await db.selectFrom('service_case').selectAll().where('id', '=', caseId).executeTakeFirst();
  mustSeeCase(actor, row);
  if (row.protected) {
    await unitOfWork(async (unit) => {
      await recordCaseEvent(unit, row.id, { type: 'read', actor: byName(actor) }, null);
      await recordAudit(unit, origin, { action: 'case.read', target: row.id });
    });
  }
  return readCase(db, city, actor, row);
}
