import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { mustSeeCase } from '../cases/case-access.ts';
import type { CaseRow } from '../cases/case-row.ts';
import { changeCase, lockCase } from '../cases/change-case.ts';
import type { createBroadcastSchema } from '../contract/broadcast.ts';
import { AppError } from '../contract/errors.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';
import type { BroadcastParts, BroadcastRow } from './broadcast-parts.ts';
import { needsApproval, peopleOf, templateOf } from './preview-broadcast.ts';
import { waysTo } from './ways.ts';

/**
 * Begins to tell everybody who filed or follows a case; above the city's limit it waits for a second person's approval.
 * A repeated `clientId` gives back what there is.
 * @throws AppError `not_found`, `broadcast_changed` when the people are not as many as expected, `conflict` for a
 * `clientId` of somebody else, and what `fillTemplate` throws
 */
export async function createBroadcast(
  unit: Unit,
  parts: BroadcastParts,
  actor: Actor,
  input: z.output<typeof createBroadcastSchema>,
): Promise<{ row: BroadcastRow; repeated: boolean }> {
  const { tx, now } = unit;
  const found = await lockCase(unit, input.caseId);
  mustSeeCase(actor, found);
  const earlier = await tx
    .selectFrom('broadcast')
    .selectAll()
    .where('client_id', '=', input.clientId)
    .executeTakeFirst();
  if (earlier && (earlier.created_by !== actor.id || earlier.case_id !== found.id)) throw new AppError('conflict');
  if (earlier) return { row: earlier, repeated: true };

  const template = templateOf(parts, input);
  const people = await peopleOf(tx, found);
  if (people.length !== input.expectedRecipients) {
    throw new AppError('broadcast_changed', { expected: input.expectedRecipients, recipients: people.length });
  }
  const waits = needsApproval(parts, people.length);
  const row = await tx
    .insertInto('broadcast')
    .values({
      id: uuid(),
      client_id: input.clientId,
      case_id: found.id,
      text: input.text,
      template: template && json(template),
      state: waits ? 'awaiting_approval' : 'sending',
      created_by: actor.id,
      created_by_name: actor.name,
      created_at: now,
      approved_by: null,
      approved_by_name: null,
      finished_at: null,
      went_on_at: now,
      version: 0,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const ways = await waysTo(tx, parts, found, people, template, now);
  const recipients = [...ways].map(([id, { how, conversationId }]) => ({
    citizen_id: id,
    conversation_id: conversationId,
    how,
  }));
  await sql`
    insert into broadcast_recipient (broadcast_id, citizen_id, conversation_id, how)
    select ${row.id}::uuid, citizen_id, conversation_id, how
    from jsonb_to_recordset(${JSON.stringify(recipients)}::jsonb)
      as (citizen_id uuid, conversation_id uuid, how text)`.execute(tx);
  if (!waits) await begin(unit, row, found);
  unit.emit('broadcast.changed', { broadcastId: row.id });
  return { row, repeated: false };
}

/** The words become part of the case's story, where everybody with its key reads them; then people are told one by one. */
export async function begin(unit: Unit, row: BroadcastRow, lockedCase: CaseRow): Promise<void> {
  await changeCase(
    unit,
    lockedCase,
    {},
    {
      type: 'update',
      actor: { type: 'operator', id: row.created_by, name: row.created_by_name },
      public: true,
      data: { text: row.text },
      clientId: row.id,
    },
    false,
  );
  unit.enqueue('outbound.broadcast', { broadcastId: row.id, version: row.version });
}
