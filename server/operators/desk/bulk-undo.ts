import { AppError } from '../../contract/errors.ts';
import type { BulkResult } from '../../contract/inbox.ts';
import { changeTicket, type TicketRow } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import { notice, type Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { dropOfferFor } from '../../routing/offers.ts';
import { type Actor, byName } from '../actor.ts';
import type { BulkStep } from './bulk.entity.ts';
import { type BulkParts, type Refusal, refusalOf, standingOf } from './bulk-tickets.ts';
import { undoTicketMerge } from './merging/undo-ticket-merge.ts';
import { writePriority } from './set-priority.ts';

/**
 * Gives back what was done to many, each where it was. Where something has happened to one since, that stays.
 * @throws AppError `not_found` for what somebody else did, `conflict` when it is too late
 */
export async function undoBulk(
  { unitOfWork, say }: Pick<BulkParts, 'unitOfWork' | 'say'>,
  actor: Actor,
  id: string,
): Promise<Pick<BulkResult, 'done' | 'refused'>> {
  const steps = await unitOfWork((unit) => claim(unit, actor, id));
  const done: string[] = [];
  const refused: Refusal[] = [];
  for (const step of steps.toReversed()) {
    try {
      await unitOfWork((unit) => giveBack(unit, say, actor, step));
      done.push(step.ticketId);
    } catch (error) {
      refused.push(refusalOf(error, actor, step.ticketId));
    }
  }
  return { done, refused };
}

async function claim(unit: Unit, actor: Actor, id: string): Promise<BulkStep[]> {
  const row = await unit.tx.selectFrom('bulk_action').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row?.operator_id !== actor.id) throw new AppError('not_found');
  if (row.undone_at || row.undo_until < unit.now) throw new AppError('conflict');
  await unit.tx.updateTable('bulk_action').set({ undone_at: unit.now }).where('id', '=', id).execute();
  return row.changes;
}

async function giveBack(unit: Unit, say: Say, actor: Actor, step: BulkStep) {
  const { ticketId, before, after, snoozedUntil } = step;
  if (step.merged) return void (await undoTicketMerge(unit, actor, ticketId));
  const { ticket, conversation } = await lockContact(unit, ticketId);
  if (!isAsLeft(ticket, after)) throw new AppError('conflict');
  if (ticket.state === 'closed') await mustBeNewest(unit, ticket);
  if (ticket.state === 'offered') await dropOfferFor(unit, ticketId);
  if (
    before.state === ticket.state &&
    before.operator_id === ticket.operator_id &&
    before.queue_id === ticket.queue_id
  ) {
    if (before.priority !== ticket.priority) await writePriority(unit, actor, ticket, before.priority);
    return;
  }
  const held = before.state === 'assigned' || before.state === 'snoozed';
  const restored = await changeTicket(
    unit,
    ticket,
    // Whoever was being asked is asked again: the place in the queue is the same.
    held ? 'assigned' : 'waiting',
    {
      queue_id: before.queue_id,
      operator_id: held ? before.operator_id : null,
      reserved_for: before.reserved_for,
      priority: before.priority,
      ...(ticket.state === 'closed' ? { closed_at: null, disposition: null } : {}),
    },
    undone(actor, ticket, held ? before.operator_id : null),
  );
  if (before.state === 'snoozed') {
    await changeTicket(
      unit,
      restored,
      'snoozed',
      { snoozed_until: snoozedUntil ? new Date(snoozedUntil) : null },
      { type: 'snoozed', actor: byName(actor), data: { until: snoozedUntil, undone: true } },
    );
  } else if (held && ticket.state !== 'snoozed') {
    const { name } = await holderOf(unit, before.operator_id ?? '');
    await say(unit, conversation, restored, [notice(restored, 'operator_joined', { name })]);
  }
  for (const operatorId of new Set([ticket.operator_id, before.operator_id])) {
    if (operatorId) unit.emit('presence.changed', operatorId);
  }
  unit.enqueue('tickets.route', {});
}

/** In the words that every report knows: what was closed is open again, what was passed on is back. */
function undone(
  actor: Actor,
  { state, queue_id }: TicketRow,
  holder: string | null,
): Parameters<typeof changeTicket>[4] {
  const back = holder ? { to: 'assigned', operatorId: holder } : { to: 'waiting' };
  const by = { actor: byName(actor), data: { undone: true, queueId: queue_id, ...back } };
  if (state === 'closed') return { type: 'reopened', ...by };
  if (state === 'snoozed') return { type: 'woken', ...by, data: { ...by.data, reason: 'taken_back' } };
  if (!holder) return { type: 'requeued', ...by };
  return { type: 'offer_accepted', ...by, data: { ...by.data, taken: true } };
}

/** Routing may have begun to ask somebody: that can be called off. What a person did since stays. */
function isAsLeft(ticket: TicketRow, after: BulkStep['after']): boolean {
  const now = standingOf(ticket);
  const asked = now.state === 'offered' && after.state === 'waiting';
  return (
    (asked || (now.state === after.state && now.operator_id === after.operator_id)) &&
    now.queue_id === after.queue_id &&
    now.priority === after.priority
  );
}

/** @throws AppError `conflict` when the citizen has begun a new contact meanwhile */
async function mustBeNewest(unit: Unit, ticket: TicketRow): Promise<void> {
  const newer = await unit.tx
    .selectFrom('ticket')
    .select('id')
    .where('conversation_id', '=', ticket.conversation_id)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  if (newer) throw new AppError('conflict', { ticketId: newer.id });
}

async function holderOf(unit: Unit, operatorId: string): Promise<{ name: string }> {
  const { name } = await unit.tx
    .selectFrom('operator')
    .select('name')
    .where('id', '=', operatorId)
    .executeTakeFirstOrThrow();
  return { name: name.split(/\s+/)[0] ?? name };
}
