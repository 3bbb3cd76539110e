import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { Hold, placeHoldSchema } from '../../contract/data.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { mustReach } from '../person/requests.ts';

interface Row {
  id: string;
  citizen_id: string | null;
  name: string | null;
  case_id: string | null;
  folio: string | null;
  reason: string;
  placed_by_name: string;
  placed_at: Date;
}

/** Those that stand, newest first; of what is protected only for people with the grant. */
export async function listHolds(db: Db, actor: Pick<Actor, 'protectedGrant'>): Promise<Hold[]> {
  const { rows } = await sql<Row>`
    select h.id, h.citizen_id, c.name, h.case_id, k.folio, h.reason, h.placed_by_name, h.placed_at
    from legal_hold h
    left join citizen c on c.id = h.citizen_id
    left join service_case k on k.id = h.case_id
    where h.released_at is null and (${actor.protectedGrant} or not (
      coalesce(k.protected, false)
      or exists (select from ticket t where t.citizen_id = h.citizen_id and t.protected)
      or exists (select from service_case s where s.citizen_id = h.citizen_id and s.protected)))
    order by h.placed_at desc, h.id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    citizen: row.citizen_id ? { id: row.citizen_id, name: row.name } : null,
    case: row.case_id && row.folio ? { id: row.case_id, folio: row.folio } : null,
    reason: row.reason,
    placedBy: row.placed_by_name,
    placedAt: row.placed_at.toISOString(),
  }));
}

/** From now on nothing of a person, or of a case, goes by age or by request. @throws AppError `not_found` */
export async function placeHold(
  unit: Unit,
  actor: Actor,
  origin: Origin,
  input: z.output<typeof placeHoldSchema>,
): Promise<Hold[]> {
  const { tx, now } = unit;
  const person = input.citizenId ? await mustReach(tx, actor, input.citizenId) : null;
  const found = input.folio
    ? await tx
        .selectFrom('service_case')
        .select(['id', 'protected'])
        .where('folio', '=', input.folio.toUpperCase())
        .executeTakeFirst()
    : null;
  if (!person && (!found || (found.protected && !actor.protectedGrant))) throw new AppError('not_found');
  const id = uuid();
  await tx
    .insertInto('legal_hold')
    .values({
      id,
      citizen_id: person?.id ?? null,
      case_id: found?.id ?? null,
      reason: input.reason,
      placed_by: actor.id,
      placed_by_name: actor.name,
      placed_at: now,
    })
    .execute();
  await recordAudit(unit, origin, { action: 'hold.placed', target: person?.id ?? found?.id ?? id });
  return listHolds(tx, actor);
}

/** What was past its term meanwhile goes with the next run. @throws AppError `not_found` */
export async function releaseHold(unit: Unit, actor: Actor, origin: Origin, id: string): Promise<Hold[]> {
  const { tx, now } = unit;
  const standing = (await listHolds(tx, actor)).find((hold) => hold.id === id);
  if (!standing) throw new AppError('not_found');
  await tx
    .updateTable('legal_hold')
    .set({ released_at: now, released_by_name: actor.name })
    .where('id', '=', id)
    .execute();
  await recordAudit(unit, origin, { action: 'hold.released', target: standing.citizen?.id ?? standing.case?.id ?? id });
  return listHolds(tx, actor);
}
