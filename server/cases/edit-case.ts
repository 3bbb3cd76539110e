import type { z } from 'zod';
import type { editCaseSchema } from '../contract/case.ts';
import { AppError } from '../contract/errors.ts';
import type { Place } from '../contract/place.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, byName } from '../operators/actor.ts';
import { mustSeeCase } from './case-access.ts';
import { addFiles } from './case-files.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import { changeCase, lockCase, mustBeCurrent } from './change-case.ts';
import { departmentOf } from './department-of.ts';
import { type Located, locate } from './locate.ts';
import { promiseFor } from './promise.ts';
import { isOffered, priorityOf, type Service } from './services.ts';

type Input = z.output<typeof editCaseSchema>;

/** What an edit needs to know before its transaction: the new service, and where the new place is. */
export interface PreparedEdit {
  service: Service | null;
  place: Located | null;
}

/** @throws AppError `not_found`, `invalid_input`, `outside_city`, `place_required` */
export async function prepareEdit(
  db: Db,
  parts: CaseParts,
  actor: Actor,
  caseId: string,
  input: Input,
): Promise<PreparedEdit> {
  const row = await db.selectFrom('service_case').selectAll().where('id', '=', caseId).executeTakeFirst();
  mustSeeCase(actor, row);
  if (input.departmentId && !(input.departmentId in parts.city.departments)) {
    throw new AppError('invalid_input', { departmentId: input.departmentId });
  }
  const find = (id: string) => parts.city.services.find((service) => service.id === id) ?? null;
  const service = input.serviceId ? find(input.serviceId) : null;
  const stays = service?.id === row.service_id;
  if (input.serviceId && !(service && (stays || isOffered(service))))
    throw new AppError('invalid_input', { serviceId: input.serviceId });
  const asked = service ?? find(row.service_id);
  const moved = input.place !== undefined && !isSamePlace(row, input.place);
  if (!moved || !asked) return { service, place: null };
  const located = locate(parts, asked, input.place ?? null, input.triage);
  if (!located.ok) throw new AppError(located.problem);
  return { service, place: located.place };
}

/** Corrects a case. @throws AppError `not_found`, `conflict` */
export async function editCase(
  unit: Unit,
  { city }: CaseParts,
  actor: Actor,
  caseId: string,
  { service, place }: PreparedEdit,
  input: Input,
): Promise<CaseRow> {
  const row = await lockCase(unit, caseId);
  mustSeeCase(actor, row);
  mustBeCurrent(row, input.version);

  const change: Parameters<typeof changeCase>[2] = {
    ...(input.description ? { description: input.description } : {}),
    ...(input.priority === undefined ? {} : { priority: input.priority }),
    ...(input.affected === undefined ? {} : { affected: input.affected }),
    ...(service && service.id !== row.service_id ? asService(city, row, service) : {}),
    ...(place ?? {}),
    ...newDepartment(city, row, service, place, input.departmentId),
  };
  const changes = whatChanged(row, change);
  const edited =
    Object.keys(changes).length === 0
      ? row
      : (await changeCase(unit, row, change, { type: 'edited', actor: byName(actor), data: { changes } }, true)).row;
  const added = input.addAttachmentIds ?? [];
  return added.length > 0 ? addPhotos(unit, actor, edited, added) : edited;
}

/** The promise counts from when it was reported, whatever it was taken for first. Protection is never lifted. */
function asService(city: CaseParts['city'], row: CaseRow, service: Service) {
  return {
    service_id: service.id,
    priority: priorityOf(service),
    protected: row.protected || service.protected,
    working_days: service.expected,
    promised_for: promiseFor(row.opened_at, service.expected, city),
  };
}

/** Named, or what another service or place asks for. Otherwise whoever it was passed to keeps it. */
function newDepartment(
  city: CaseParts['city'],
  row: CaseRow,
  service: Service | null,
  place: Located | null,
  named: string | undefined,
): { department_id?: string } {
  if (named) return { department_id: named };
  const now = service ?? city.services.find(({ id }) => id === row.service_id);
  if (!now) return {};
  const before = { coloniaId: row.colonia_id, triage: row.triage };
  const after = place ? { coloniaId: place.colonia_id, triage: place.triage } : before;
  const wasService = city.services.find(({ id }) => id === row.service_id) ?? now;
  const was = departmentOf(city, wasService, before);
  const will = departmentOf(city, now, after);
  return was === will && now.id === row.service_id ? {} : { department_id: will };
}

/** For the story: each field before and after. Place and people are named, not repeated. */
function whatChanged(row: CaseRow, change: Parameters<typeof changeCase>[2]): Record<string, unknown> {
  const told = new Set([
    'service_id',
    'department_id',
    'priority',
    'description',
    'address',
    'colonia',
    'promised_for',
  ]);
  const changed = Object.entries(change).filter(
    ([key, value]) => JSON.stringify(row[key as keyof CaseRow]) !== JSON.stringify(value),
  );
  return Object.fromEntries(
    changed.map(([key, value]) => [key, told.has(key) ? { from: row[key as keyof CaseRow], to: value } : true]),
  );
}

async function addPhotos(unit: Unit, actor: Actor, row: CaseRow, ids: readonly string[]): Promise<CaseRow> {
  const tickets = await unit.tx
    .selectFrom('case_ticket as l')
    .innerJoin('ticket as t', 't.id', 'l.ticket_id')
    .select('t.conversation_id')
    .where('l.case_id', '=', row.id)
    .execute();
  const photos = await addFiles(unit, row.id, ids, {
    conversationIds: [
      ...new Set([...tickets.map((ticket) => ticket.conversation_id), row.conversation_id ?? '']),
    ].filter(Boolean),
    operatorId: actor.id,
  });
  if (photos === row.photos) return row;
  const event = { type: 'photo_added' as const, actor: byName(actor), data: { count: photos - row.photos } };
  return (await changeCase(unit, row, { photos }, event, false)).row;
}

function isSamePlace(row: CaseRow, place: Place | null): boolean {
  return (
    (place?.point?.latitude ?? null) === row.latitude &&
    (place?.point?.longitude ?? null) === row.longitude &&
    (place?.address?.trim() || null) === row.address &&
    (place?.coloniaId ?? null) === row.colonia_id &&
    (place?.reference?.trim() || null) === row.reference
  );
}
