import { v7 as uuid } from 'uuid';
import { AppError } from '../../../contract/errors.ts';
import { changeTicket, recordEvent, type TicketRow } from '../../../conversations/change-ticket.ts';
import type { Tx } from '../../../database/database.ts';
import { json } from '../../../database/json.ts';
import type { Unit } from '../../../database/unit-of-work.ts';
import { dropOfferFor } from '../../../routing/offers.ts';
import { findQueue, queueTicket } from '../../../routing/queue-ticket.ts';
import { type Actor, byName, mustSee } from '../../actor.ts';
import { lockMatters, type Matters, oneMergeAtATime } from './lock-matters.ts';
import { type Agreed, mustMayMerge } from './may-merge.ts';
import { moveAlong } from './move-along.ts';
import { isHeld, standingOf, together, waits } from './standing.ts';

export interface MergedTickets {
  merged: TicketRow;
  kept: TicketRow;
  /** They were one matter before: nothing was changed. */
  repeated: boolean;
}

/**
 * Makes a contact part of another that is open: it ends without a word to its citizen, and whatever they write next
 * belongs to the other one. Who asks for it again, or the other way round, is given what there is.
 * @throws AppError `not_found`, `invalid_input` for one and the same, `merge_already` when it is part of a third one,
 * and what `mustMayMerge` throws
 */
export async function mergeTickets(
  unit: Unit,
  actor: Actor,
  ticketId: string,
  { intoId, ...agreed }: { intoId: string } & Agreed,
): Promise<MergedTickets> {
  const { tx } = unit;
  if (ticketId === intoId) throw new AppError('invalid_input', { intoId });
  await oneMergeAtATime(tx);
  const keptId = await livingId(tx, intoId);
  const matters = await lockMatters(tx, [ticketId, keptId]);
  const [merged, kept] = [matters.tickets.get(ticketId), matters.tickets.get(keptId)];
  if (!merged || !kept) throw new AppError('not_found');
  for (const ticket of [merged, kept]) mustSee(actor, ticket);
  if (merged.id === kept.id) return { ...(await standing(tx, intoId, kept)), repeated: true };
  if (merged.merged_into === kept.id) return { merged, kept, repeated: true };
  if (merged.merged_into) throw new AppError('merge_already', await numberOf(tx, merged.merged_into));
  await mustMayMerge(tx, actor, { merged, kept }, agreed);
  return { ...(await join(unit, actor, matters, merged, kept)), repeated: false };
}

/** The contact that it is part of by now, or itself. */
async function livingId(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('ticket').select('merged_into').where('id', '=', id).executeTakeFirst();
  return row?.merged_into ?? id;
}

/** It was asked the other way round: the one that was to be kept is part of this one. */
async function standing(tx: Tx, mergedId: string, kept: TicketRow): Promise<Omit<MergedTickets, 'repeated'>> {
  const merged = await tx.selectFrom('ticket').selectAll().where('id', '=', mergedId).executeTakeFirstOrThrow();
  return { merged, kept };
}

/** For who reads of it. */
export const numberOf = (tx: Tx, id: string): Promise<{ number: number }> =>
  tx.selectFrom('ticket').select('number').where('id', '=', id).executeTakeFirstOrThrow();

async function join(
  unit: Unit,
  actor: Actor,
  { conversations, tickets }: Matters,
  merged: TicketRow,
  kept: TicketRow,
): Promise<Omit<MergedTickets, 'repeated'>> {
  const { tx } = unit;
  const isProtected = merged.protected || kept.protected;
  await dropOfferFor(unit, merged.id);
  const moved = await moveAlong(tx, merged.id, kept.id);
  const ended = await changeTicket(
    unit,
    merged,
    'closed',
    {
      closed_at: unit.now,
      merged_into: kept.id,
      protected: isProtected,
      disposition: null,
      // A contact nobody took has no operator; the one who held it stays on record.
      operator_id: isHeld(merged) ? merged.operator_id : null,
      reserved_for: null,
      unread: 0,
    },
    {
      type: 'closed',
      actor: byName(actor),
      data: { disposition: null, from: merged.state, mergedInto: kept.id, mergedNumber: kept.number },
    },
  );
  await tx
    .updateTable('ticket')
    .set((column) => ({ merged_into: kept.id, protected: isProtected, version: column('version', '+', 1) }))
    .where('merged_into', '=', merged.id)
    .execute();
  const { row, eventId } = await takeIn(unit, actor, kept, merged, isProtected);
  await tx
    .insertInto('ticket_merge')
    .values({
      id: uuid(),
      merged_id: merged.id,
      kept_id: kept.id,
      before: json({
        merged: standingOf(merged),
        kept: standingOf(kept),
        left: standingOf(row),
        seqs: Object.fromEntries([...conversations.values()].map((each) => [each.id, each.last_seq])),
        eventId,
      }),
      moved: json(moved),
      operator_id: actor.id,
      operator_name: actor.name,
      at: unit.now,
      undone_at: null,
    })
    .execute();
  unit.emit('tickets.changed', [...tickets.keys()]);
  for (const id of moved.followUps) unit.emit('follow-up.changed', { followUpId: id, before: null });
  if (merged.operator_id) unit.emit('presence.changed', merged.operator_id);
  unit.enqueue('tickets.route', {});
  return { merged: ended, kept: row };
}

/** The kept contact with what the merged one brings. */
async function takeIn(unit: Unit, actor: Actor, kept: TicketRow, merged: TicketRow, isProtected: boolean) {
  const shielded = isProtected && !kept.protected ? await shield(unit, actor, kept) : kept;
  const row = await unit.tx
    .updateTable('ticket')
    .set({ ...together(kept, merged), version: shielded.version + 1, updated_at: unit.now })
    .where('id', '=', kept.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  const { id: ticketId, number, channel } = merged;
  const { id: eventId } = await recordEvent(unit, row, {
    type: 'merged',
    actor: byName(actor),
    data: { ticketId, number, channel },
  });
  return { row, eventId };
}

/** What is protected never becomes part of what is not: it makes it so, with all that was part of it. */
async function shield(unit: Unit, actor: Actor, kept: TicketRow): Promise<TicketRow> {
  await unit.tx.updateTable('ticket').set({ protected: true }).where('merged_into', '=', kept.id).execute();
  if (waits(kept)) {
    await dropOfferFor(unit, kept.id);
    const event = { type: 'requeued' as const, actor: byName(actor), data: { reason: 'merged' } };
    return queueTicket(unit, kept, { protected: true, reservedFor: kept.reserved_for ?? undefined, event });
  }
  const queue = await findQueue(unit.tx, kept.queue_id, true);
  return unit.tx
    .updateTable('ticket')
    .set({ protected: true, queue_id: queue.id, version: kept.version + 1 })
    .where('id', '=', kept.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
