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
  // Somebody who waits to be called is offered again: their operator may be on another call.
  const to = atWork && ticket.channel !== 'voice' ? 'assigned' : 'waiting';
  const data = { reason: why.reason, queueId: ticket.queue_id, to };
  const event = { type: 'woken' as const, actor: why.actor, data };
  if (ticket.operator_id) unit.emit('presence.changed', ticket.operator_id);
  if (to === 'assigned') return changeTicket(unit, ticket, to, {}, event);
  unit.enqueue('tickets.route', {});
  return changeTicket(
    unit,
    ticket,
    to,
    { operator_id: null, reserved_for: ticket.operator_id, waiting_since: unit.now },
    event,
  );
}
