import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { CaseParts } from '../../cases/case-parts.ts';
import { createCase, prepareCase } from '../../cases/create-case.ts';
import type { openIncidentSchema } from '../../contract/board.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { linkCase } from './link-to-incident.ts';

type Input = z.output<typeof openIncidentSchema>;

/** More reports of one cause are linked one by one. */
const MOST_CASES = 300;

/**
 * Makes one cause of many reports. Its case is the oldest of them, or a new one where nobody has made any; everybody who
 * reported it follows that case, so that one notice reaches them all.
 * @returns its id
 * @throws AppError `invalid_input` where there is no case and the topic is nothing that can be reported
 */
export async function openIncident(unit: Unit, parts: CaseParts, actor: Actor, input: Input): Promise<string> {
  const reports = await reportsOf(unit, input);
  const caseId = reports[0] ?? (await newCase(unit, parts, actor, input));
  const names = input.coloniaIds.flatMap((id) => parts.places.coloniaName(id) ?? []);
  const incident = { id: uuid(), case_id: caseId };
  await unit.tx
    .insertInto('incident')
    .values({
      ...incident,
      title: input.title,
      topic_id: input.topicId,
      colonia_ids: json(input.coloniaIds),
      place: names.length > 0 ? names.join(', ') : null,
      state: 'open',
      opened_at: unit.now,
      opened_by: actor.id,
      opened_by_name: actor.name,
      closed_at: null,
      version: 1,
    })
    .execute();
  for (const id of reports.length > 0 ? reports : [caseId]) await linkCase(unit, actor, incident, id);
  unit.emit('configuration.changed', 'incidents');
  return incident.id;
}

/** Open cases of the topic there, the oldest first, that belong to no other incident. */
async function reportsOf(unit: Unit, { topicId, coloniaIds, since }: Input): Promise<string[]> {
  let cases = unit.tx
    .selectFrom('service_case as c')
    .leftJoin('incident_case as l', 'l.case_id', 'c.id')
    .select('c.id')
    .where('l.case_id', 'is', null)
    .where('c.service_id', '=', topicId)
    .where('c.opened_at', '>=', new Date(since))
    .where('c.closed_at', 'is', null)
    .where('c.protected', '=', false)
    .orderBy('c.opened_at')
    .orderBy('c.id')
    .limit(MOST_CASES);
  if (coloniaIds.length > 0) cases = cases.where('c.colonia_id', 'in', coloniaIds);
  return (await cases.execute()).map(({ id }) => id);
}

async function newCase(unit: Unit, parts: CaseParts, actor: Actor, input: Input): Promise<string> {
  const place = { point: input.point, address: null, coloniaId: input.coloniaIds[0] ?? null, reference: null };
  const prepared = prepareCase(parts, {
    serviceId: input.topicId,
    place,
    triage: input.point === null,
    attachmentIds: [],
    answers: null,
  });
  const draft = {
    clientId: uuid(),
    serviceId: input.topicId,
    description: input.title,
    place,
    triage: input.point === null,
    attachmentIds: [],
    affected: null,
    safeContact: null,
  };
  return (await createCase(unit, parts, actor, prepared, draft)).id;
}
