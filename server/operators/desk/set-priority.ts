import { AppError } from '../../contract/errors.ts';
import { recordEvent, type TicketRow } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName, mustHold, mustSee, supervises } from '../actor.ts';

/**
 * Who goes first of those who wait; its place in the clock stays.
 * @throws AppError `not_holder` unless the caller holds it or supervises, `ticket_closed`
 */
export async function setPriority(unit: Unit, actor: Actor, ticketId: string, priority: number): Promise<TicketRow> {
  const { ticket } = await lockContact(unit, ticketId);
  if (supervises(actor)) mustSee(actor, ticket);
  else mustHold(actor, ticket);
  if (ticket.state === 'closed') throw new AppError('ticket_closed');
  if (ticket.priority === priority) return ticket;
  return writePriority(unit, actor, ticket, priority);
}

/** Of a locked ticket. */
export async function writePriority(unit: Unit, actor: Actor, ticket: TicketRow, priority: number): Promise<TicketRow> {
  const row = await unit.tx
    .updateTable('ticket')
    .set({ priority, version: ticket.version + 1, updated_at: unit.now })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordEvent(unit, row, {
    type: 'priority_changed',
    actor: byName(actor),
    data: { from: ticket.priority, to: priority },
  });
  unit.emit('tickets.changed', [row.id]);
  if (row.state === 'waiting') unit.enqueue('tickets.route', {});
  return row;
}
