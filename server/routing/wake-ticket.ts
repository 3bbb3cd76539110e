import type { Author } from '../contract/message.ts';
import { changeTicket, type TicketRow } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';

/**
 * Brings back a locked ticket that was put aside: to its holder if they are at work, else into its queue, where they
 * are asked first once they are.
 */
export async function wakeTicket(
  unit: Unit,
  ticket: TicketRow,
  why: { actor: Author; reason: 'answered' | 'due' | 'taken_back' },
): Promise<TicketRow> {
  const atWork = await unit.tx
    .selectFrom('presence')
    .select('operator_id')
    .where('operator_id', '=', ticket.operator_id)
    .where('status', '<>', 'offline')
    .where('lease_until', '>', unit.now)
    .executeTakeFirst();
  const event = { type: 'woken' as const, actor: why.actor, data: { reason: why.reason, queueId: ticket.queue_id } };
  if (ticket.operator_id) unit.emit('presence.changed', ticket.operator_id);
  // Somebody who waits to be called is offered again: their operator may be on another call.
  if (atWork && ticket.channel !== 'voice') return changeTicket(unit, ticket, 'assigned', {}, event);
  unit.enqueue('tickets.route', {});
  return changeTicket(
    unit,
    ticket,
    'waiting',
    { operator_id: null, reserved_for: ticket.operator_id, waiting_since: unit.now },
    event,
  );
}
