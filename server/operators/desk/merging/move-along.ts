import { sql } from 'kysely';
import type { Tx } from '../../../database/database.ts';
import type { MovedAlong } from './ticket-merge.entity.ts';

/** Gives a contact what another had: cases, its cause, promises to look again, and what departments are asked about. */
export async function moveAlong(tx: Tx, from: string, to: string): Promise<MovedAlong> {
  const cases = await sql<{ id: string }>`
    insert into case_ticket (case_id, ticket_id, linked_at)
    select case_id, ${to}::uuid, linked_at from case_ticket where ticket_id = ${from}
    on conflict do nothing returning case_id as id`.execute(tx);
  // A contact has one cause: what the kept one has stays.
  const incident = await sql<{ id: string }>`
    update incident_ticket set ticket_id = ${to}
    where ticket_id = ${from} and not exists (select from incident_ticket where ticket_id = ${to})
    returning incident_id as id`.execute(tx);
  const followUps = await tx
    .updateTable('follow_up')
    .set((column) => ({ ticket_id: to, version: column('version', '+', 1) }))
    .where('ticket_id', '=', from)
    .where('done_at', 'is', null)
    .returning('id')
    .execute();
  const sides = await tx
    .updateTable('conversation')
    .set({ side_of: to })
    .where('side_of', '=', from)
    .returning('id')
    .execute();
  return {
    cases: cases.rows.map(({ id }) => id),
    incidentId: incident.rows[0]?.id ?? null,
    followUps: followUps.map(({ id }) => id),
    sides: sides.map(({ id }) => id),
  };
}

/** Gives back what went along, as far as it is still there. */
export async function giveBack(tx: Tx, moved: MovedAlong, kept: string, merged: string): Promise<void> {
  await sql`delete from case_ticket where ticket_id = ${kept} and case_id = any(${moved.cases})`.execute(tx);
  if (moved.incidentId) {
    await sql`update incident_ticket set ticket_id = ${merged}
      where ticket_id = ${kept} and incident_id = ${moved.incidentId}
        and not exists (select from incident_ticket where ticket_id = ${merged})`.execute(tx);
  }
  await sql`update follow_up set ticket_id = ${merged}, version = version + 1
    where ticket_id = ${kept} and id = any(${moved.followUps})`.execute(tx);
  await sql`update conversation set side_of = ${merged} where side_of = ${kept} and id = any(${moved.sides})`.execute(
    tx,
  );
}
