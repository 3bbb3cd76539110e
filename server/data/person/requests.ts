import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { promiseFor } from '../../cases/promise.ts';
import { acquaintances, mayJoin } from '../../citizens/citizen-access.ts';
import { livingId } from '../../citizens/living.ts';
import { addSeconds } from '../../clock.ts';
import type { City } from '../../contract/city.ts';
import type { SubjectRequest } from '../../contract/data.ts';
import { ANSWER_WORKING_DAYS, GRACE_DAYS, type SubjectRequestKind } from '../../contract/data-words.ts';
import { AppError } from '../../contract/errors.ts';
import type { Db, Tables } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { blockersOf, waitsFor } from './blockers.ts';
import { scopeOf } from './scope.ts';

export type RequestRow = Selectable<Tables['subject_request']>;

const DAY_SECONDS = 86_400;
const SHOWN = 100;
const UNFINISHED = ['preparing', 'awaiting', 'grace', 'erasing'] as const;

/** Of whoever is protected nobody without the grant learns anything. @throws AppError `not_found` */
export async function mustReach(db: Db, actor: Actor, askedId: string): Promise<{ id: string; name: string | null }> {
  const id = await livingId(db, askedId);
  const acquaintance = (await acquaintances(db, actor, [id])).get(id);
  if (!acquaintance || !mayJoin(actor, { ...acquaintance, known: true })) throw new AppError('not_found');
  const { name, erased_at: erasedAt } = await db
    .selectFrom('citizen')
    .select(['name', 'erased_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (erasedAt) throw new AppError('person_erased');
  return { id, name };
}

/** The last hundred, newest first; of one person, or of all that the reader may know of. */
export async function listRequests(db: Db, actor: Actor, citizenId: string | undefined): Promise<SubjectRequest[]> {
  const { rows } = await sql<RequestRow & { name: string | null; erased: boolean }>`
    select r.*, c.name, c.erased_at is not null as erased
    from subject_request r join citizen c on c.id = r.citizen_id
    where ${citizenId ? sql`r.citizen_id = ${citizenId}` : sql`true`}
      and (${actor.protectedGrant} or c.erased_at is not null or not (
        exists (select from ticket t where t.citizen_id = c.id and t.protected)
        or exists (select from service_case k where k.citizen_id = c.id and k.protected)))
    order by r.asked_at desc, r.id desc limit ${SHOWN}`.execute(db);
  return rows.map(present);
}

/**
 * Writes down what somebody asks. A copy of their data is made at once; to be forgotten takes a second person.
 * @throws AppError `not_found`, `person_erased`, `request_open`, `person_on_hold`, `person_has_open_matters`
 */
export async function ask(
  unit: Unit,
  city: City,
  actor: Actor,
  origin: Origin,
  asked: { citizenId: string; kind: SubjectRequestKind },
): Promise<SubjectRequest> {
  const { tx, now } = unit;
  const person = await mustReach(tx, actor, asked.citizenId);
  const isAccess = asked.kind === 'access';
  const open = await tx
    .selectFrom('subject_request')
    .select('id')
    .where('citizen_id', '=', person.id)
    .where('kind', isAccess ? '=' : '<>', 'access')
    .where('state', 'in', [...UNFINISHED])
    .executeTakeFirst();
  if (open) throw new AppError('request_open');
  if (!isAccess) await mustBeFree(unit, city, person.id);
  const row = await tx
    .insertInto('subject_request')
    .values({
      id: uuid(),
      kind: asked.kind,
      citizen_id: person.id,
      state: isAccess ? 'preparing' : 'awaiting',
      asked_by: actor.id,
      asked_by_name: actor.name,
      asked_at: now,
      respond_by: promiseFor(now, ANSWER_WORKING_DAYS, city),
      downloads: 0,
      heard_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (isAccess) unit.enqueue('reports.export_person', { requestId: row.id });
  await recordAudit(unit, origin, { action: 'citizen.data_asked', target: person.id, after: { right: asked.kind } });
  return present({ ...row, name: person.name, erased: false });
}

/** @throws AppError `person_on_hold`, `person_has_open_matters` */
async function mustBeFree({ tx }: Unit, city: City, id: string): Promise<void> {
  const blockers = await blockersOf(tx, city, await scopeOf(tx, id));
  const waiting = waitsFor(blockers);
  if (waiting === 'hold') throw new AppError('person_on_hold');
  if (!waiting) return;
  const what = [...blockers.contacts.map(({ number }) => `#${number}`), ...blockers.cases.map(({ folio }) => folio)];
  throw new AppError('person_has_open_matters', { what: what.join(', ') });
}

/**
 * Somebody else says yes: from then on there is a time to take it back, and then it is done.
 * @throws AppError `not_found`, `wrong_request_step`, `own_confirmation`
 */
export async function confirm(unit: Unit, actor: Actor, origin: Origin, id: string): Promise<SubjectRequest> {
  const { now } = unit;
  const row = await lock(unit, actor, id);
  if (row.state !== 'awaiting') throw new AppError('wrong_request_step');
  if (row.asked_by === actor.id) throw new AppError('own_confirmation');
  const eraseAfter = addSeconds(now, GRACE_DAYS * DAY_SECONDS);
  const change = { state: 'grace' as const, confirmed_by: actor.id, confirmed_by_name: actor.name, confirmed_at: now };
  const after = await set(unit, id, { ...change, erase_after: eraseAfter, heard_at: now });
  unit.enqueue('reports.erase_person', { requestId: id }, eraseAfter);
  await recordAudit(unit, origin, { action: 'citizen.erasure_confirmed', target: row.citizen_id });
  return after;
}

/** It is not to be done after all. @throws AppError `not_found`, `wrong_request_step` once it is under way */
export async function withdraw(unit: Unit, actor: Actor, origin: Origin, id: string): Promise<SubjectRequest> {
  const row = await lock(unit, actor, id);
  if (row.state !== 'awaiting' && row.state !== 'grace') throw new AppError('wrong_request_step');
  const after = await set(unit, id, { state: 'withdrawn', finished_at: unit.now, waits_for: null });
  await recordAudit(unit, origin, { action: 'citizen.erasure_withdrawn', target: row.citizen_id });
  return after;
}

/** @throws AppError `not_found` */
export async function lock({ tx }: Unit, actor: Actor, id: string): Promise<RequestRow> {
  const row = await tx.selectFrom('subject_request').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  await mustReach(tx, actor, row.citizen_id);
  return row;
}

export async function set({ tx }: Unit, id: string, change: Partial<RequestRow>): Promise<SubjectRequest> {
  const { under_way: _, ...columns } = change;
  const row = await tx
    .updateTable('subject_request')
    .set(columns)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const { name, erased_at: erasedAt } = await tx
    .selectFrom('citizen')
    .select(['name', 'erased_at'])
    .where('id', '=', row.citizen_id)
    .executeTakeFirstOrThrow();
  return present({ ...row, name, erased: erasedAt !== null });
}

const present = (row: RequestRow & { name: string | null; erased: boolean }): SubjectRequest => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  person: { id: row.citizen_id, name: row.name, erased: row.erased },
  askedBy: { id: row.asked_by, name: row.asked_by_name },
  askedAt: row.asked_at.toISOString(),
  respondBy: row.respond_by,
  confirmedBy: row.confirmed_by_name,
  confirmedAt: row.confirmed_at?.toISOString() ?? null,
  eraseAfter: row.erase_after?.toISOString() ?? null,
  waitsFor: row.waits_for,
  finishedAt: row.finished_at?.toISOString() ?? null,
  export:
    row.state === 'ready' && row.export_expires_at
      ? { bytes: row.export_bytes ?? 0, expiresAt: row.export_expires_at.toISOString(), downloads: row.downloads }
      : null,
});
