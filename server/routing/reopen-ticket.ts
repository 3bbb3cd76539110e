import type { Author } from '../contract/message.ts';
import { changeTicket, type TicketRow } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';

/**
 * Opens a locked, closed ticket again because of an answer: back into its queue for who had it, as a contact that
 * begins now, so that whoever waits already goes first.
 */
export async function reopenTicket(unit: Unit, ticket: TicketRow, actor: Author): Promise<TicketRow> {
  unit.enqueue('tickets.route', {});
  return changeTicket(
    unit,
    ticket,
    'waiting',
    {
      clock_at: unit.now,
      waiting_since: unit.now,
      reserved_for: ticket.operator_id,
      operator_id: null,
      accepted_at: null,
      closed_at: null,
      disposition: null,
    },
    { type: 'reopened', actor, data: { queueId: ticket.queue_id } },
  );
}
