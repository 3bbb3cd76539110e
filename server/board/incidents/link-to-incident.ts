import { mustSeeCase } from '../../cases/case-access.ts';
import type { CaseRow } from '../../cases/case-row.ts';
import { lockCase } from '../../cases/change-case.ts';
import { addFollower } from '../../cases/follow-case.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName, mustSee } from '../../operators/actor.ts';

interface OpenIncident {
  id: string;
  case_id: string;
}

/** @throws AppError `not_found`, `wrong_state` for one that is over */
export async function lockIncident(unit: Unit, id: string): Promise<OpenIncident> {
  const row = await unit.tx
    .selectFrom('incident')
    .select(['id', 'case_id', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  if (row.state !== 'open') throw new AppError('wrong_state');
  return row;
}

/** Whoever reported a case, or follows it, follows the case of the incident as well. Once linked it stays. */
export async function linkCase(unit: Unit, actor: Actor, incident: OpenIncident, caseId: string): Promise<void> {
  const found = await unit.tx.selectFrom('service_case').selectAll().where('id', '=', caseId).executeTakeFirst();
  if (!found) throw new AppError('not_found');
  mustSeeCase(actor, found);
  // Of what is protected nobody learns that it was reported, not even by how many get a notice.
  if (found.protected) throw new AppError('wrong_state');
  const linked = await unit.tx
    .insertInto('incident_case')
    .values({ case_id: caseId, incident_id: incident.id, linked_at: unit.now })
    .onConflict((conflict) => conflict.column('case_id').doNothing())
    .returning('case_id')
    .executeTakeFirst();
  if (!linked) return;
  const tickets = await unit.tx.selectFrom('case_ticket').select('ticket_id').where('case_id', '=', caseId).execute();
  await countContacts(
    unit,
    incident,
    tickets.map(({ ticket_id: id }) => id),
  );
  if (caseId !== incident.case_id) await bringFollowers(unit, actor, incident, found);
}

async function bringFollowers(unit: Unit, actor: Actor, incident: OpenIncident, from: CaseRow): Promise<void> {
  const followers = await unit.tx
    .selectFrom('case_follower')
    .select('citizen_id')
    .where('case_id', '=', from.id)
    .execute();
  const people = [...(from.citizen_id ? [from.citizen_id] : []), ...followers.map((row) => row.citizen_id)];
  let lead = await lockLead(unit, actor, incident);
  for (const citizenId of people) lead = await addFollower(unit, lead, citizenId, null, byName(actor));
}

/** Whose contact it is follows the case of the incident. @throws AppError `not_found`, `wrong_state` */
export async function linkContact(unit: Unit, actor: Actor, incident: OpenIncident, ticketId: string): Promise<void> {
  const ticket = await unit.tx.selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  mustSee(actor, ticket);
  if (ticket.protected) throw new AppError('wrong_state');
  await countContacts(unit, incident, [ticketId]);
  const lead = await lockLead(unit, actor, incident);
  await addFollower(unit, lead, ticket.citizen_id, ticketId, byName(actor));
}

/** The case that everybody follows who is concerned. */
async function lockLead(unit: Unit, actor: Actor, incident: OpenIncident): Promise<CaseRow> {
  const lead = await lockCase(unit, incident.case_id);
  mustSeeCase(actor, lead);
  return lead;
}

/** A contact has one cause: the first that it was linked to. */
async function countContacts(unit: Unit, incident: OpenIncident, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  await unit.tx
    .insertInto('incident_ticket')
    .values(ticketIds.map((id) => ({ ticket_id: id, incident_id: incident.id, linked_at: unit.now })))
    .onConflict((conflict) => conflict.column('ticket_id').doNothing())
    .execute();
}
