import { sql } from 'kysely';
import { AppError } from '../../../contract/errors.ts';
import { changeTicket, recordEvent, type TicketRow } from '../../../conversations/change-ticket.ts';
import type { Unit } from '../../../database/unit-of-work.ts';
import { dropOfferFor } from '../../../routing/offers.ts';
import { type Actor, byName, mustSee, supervises } from '../../actor.ts';
import { lastWord } from './last-word.ts';
import { lockMatters, oneMergeAtATime } from './lock-matters.ts';
import type { MergedTickets } from './merge-tickets.ts';
import { giveBack } from './move-along.ts';
import { isHeld, waits } from './standing.ts';
import type { BeforeMerge } from './ticket-merge.entity.ts';
import { standingMerges } from './undoable.ts';

/**
 * Parts two contacts again: each is where it was, as long as nobody has written anything to either since.
 * Who asks for it again changes nothing.
 * @throws AppError `not_found`, `wrong_state` for one that was never merged, `not_holder` unless the caller merged it,
 * holds the kept one or supervises, `merge_final` when it is too late
 */
export async function undoTicketMerge(unit: Unit, actor: Actor, ticketId: string): Promise<MergedTickets> {
  const { tx } = unit;
  await oneMergeAtATime(tx);
  const last = await tx
    .selectFrom('ticket_merge')
    .selectAll()
    .where('merged_id', '=', ticketId)
    .orderBy('number', 'desc')
    .executeTakeFirst();
  if (!last) throw new AppError('wrong_state');
  const { tickets } = await lockMatters(tx, [ticketId, last.kept_id]);
  const [merged, kept] = [tickets.get(ticketId), tickets.get(last.kept_id)];
  if (!merged || !kept) throw new AppError('not_found');
  for (const ticket of [merged, kept]) mustSee(actor, ticket);
  if (last.undone_at) return { merged, kept, repeated: true };
  const isOurs = last.operator_id === actor.id || kept.operator_id === actor.id || supervises(actor);
  if (!isOurs) throw new AppError('not_holder');
  const [standing] = await standingMerges(tx, [ticketId]);
  if (!standing?.undoable) throw new AppError('merge_final', { number: kept.number });

  await giveBack(tx, last.moved, kept.id, merged.id);
  const back = await bringBack(unit, actor, merged, kept, last.before);
  await returnItsOwn(unit, merged.id, last.before.merged.protected);
  const left = await asItWas(unit, actor, kept, last.before);
  if (kept.protected !== left.protected) {
    await tx.updateTable('ticket').set({ protected: left.protected }).where('merged_into', '=', kept.id).execute();
  }
  await recordEvent(unit, left, {
    type: 'unmerged',
    actor: byName(actor),
    data: { ticketId: merged.id, number: merged.number, channel: merged.channel },
  });
  await tx.updateTable('ticket_merge').set({ undone_at: unit.now }).where('id', '=', last.id).execute();
  unit.emit('tickets.changed', [...tickets.keys()]);
  for (const id of last.moved.followUps) unit.emit('follow-up.changed', { followUpId: id, before: null });
  for (const { operator_id: id } of [back, left]) if (id) unit.emit('presence.changed', id);
  unit.enqueue('tickets.route', {});
  return { merged: back, kept: left, repeated: false };
}

/** The merged contact is open again: with whoever had it if they are at work, else in its queue, reserved for them. */
async function bringBack(
  unit: Unit,
  actor: Actor,
  merged: TicketRow,
  kept: TicketRow,
  { merged: before, left }: BeforeMerge,
): Promise<TicketRow> {
  const holder = isHeld(before) ? before.operator_id : null;
  // Put aside, it waits for nobody to be there.
  const atWork = holder !== null && (before.state === 'snoozed' || (await isAtWork(unit, holder)));
  const to = atWork ? { to: 'assigned', operatorId: holder } : { to: 'waiting' };
  const row = await changeTicket(
    unit,
    // To its citizen it stood as the other one did: what comes now must not look like older news.
    { ...merged, version: merged.version + kept.version },
    atWork ? 'assigned' : 'waiting',
    {
      closed_at: null,
      merged_into: null,
      protected: before.protected,
      queue_id: before.queue_id,
      operator_id: atWork ? holder : null,
      reserved_for: atWork ? null : (holder ?? before.reserved_for),
      // What was read as part of the other one is read.
      unread: kept.unread === left.unread ? before.unread : 0,
    },
    {
      type: 'reopened',
      actor: byName(actor),
      data: { undone: true, unmergedFrom: kept.id, mergedNumber: kept.number, queueId: before.queue_id, ...to },
    },
  );
  if (before.state !== 'snoozed' || !atWork) return row;
  return changeTicket(
    unit,
    row,
    'snoozed',
    { snoozed_until: before.snoozed_until ? new Date(before.snoozed_until) : null },
    { type: 'snoozed', actor: byName(actor), data: { until: before.snoozed_until, undone: true } },
  );
}

/** The kept contact without what the merged one brought; what somebody changed since stays. */
async function asItWas(unit: Unit, actor: Actor, kept: TicketRow, { kept: before, left }: BeforeMerge) {
  const since = (field: 'priority' | 'unread'): number => (kept[field] === left[field] ? before[field] : kept[field]);
  const shields = !before.protected && kept.protected;
  const movesBack = shields && kept.queue_id === left.queue_id && before.queue_id !== left.queue_id;
  const values = {
    priority: since('priority'),
    unread: since('unread'),
    clock_at: kept.clock_at.toISOString() === left.clock_at ? new Date(before.clock_at) : kept.clock_at,
    service_level_due_at: waits(kept) ? date(before.service_level_due_at) : kept.service_level_due_at,
    ...(await lastWord(unit.tx, kept.id)),
    ...(shields ? { protected: false } : {}),
    ...(movesBack ? { queue_id: before.queue_id } : {}),
  };
  if (movesBack && waits(kept)) {
    if (kept.state === 'offered') await dropOfferFor(unit, kept.id);
    return changeTicket(
      unit,
      kept,
      'waiting',
      { ...values, operator_id: null },
      { type: 'requeued', actor: byName(actor), data: { undone: true, queueId: before.queue_id } },
    );
  }
  return unit.tx
    .updateTable('ticket')
    .set({ ...values, version: kept.version + 1, updated_at: unit.now })
    .where('id', '=', kept.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

const date = (at: string | null): Date | null => (at === null ? null : new Date(at));

/** What was part of the merged contact before is part of it again. */
async function returnItsOwn({ tx }: Unit, id: string, isProtected: boolean): Promise<void> {
  await sql`
    with recursive own as (
      select merged_id as id from ticket_merge where kept_id = ${id} and undone_at is null
      union
      select m.merged_id from own join ticket_merge m on m.kept_id = own.id and m.undone_at is null
    )
    update ticket set merged_into = ${id}, protected = ${isProtected}, version = version + 1
    where id in (select id from own)`.execute(tx);
}

async function isAtWork({ tx, now }: Unit, operatorId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('presence')
    .select('operator_id')
    .where('operator_id', '=', operatorId)
    .where('status', '<>', 'offline')
    .where('lease_until', '>', now)
    .executeTakeFirst();
  return row !== undefined;
}
