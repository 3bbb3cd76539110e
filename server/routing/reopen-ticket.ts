import type { Author } from '../contract/message.ts';
import { changeTicket, type TicketRow } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { enterQueue } from './queue-entry.ts';
import { findQueue } from './queue-ticket.ts';

/**
 * Opens a locked, closed ticket again because of an answer: back into its queue for who had it, as a contact that
 * begins now, so that whoever waits already goes first.
 */
export async function reopenTicket(unit: Unit, ticket: TicketRow, actor: Author): Promise<TicketRow> {
  const queue = await findQueue(unit.tx, ticket.queue_id, ticket.protected);
  const [entered] = await enterQueue(unit, [
    {
      ticketId: ticket.id,
      conversationId: ticket.conversation_id,
      citizenId: ticket.citizen_id,
      channel: ticket.channel,
      priority: ticket.priority,
      topic: ticket.topic,
      heldBy: ticket.operator_id,
      queue,
    },
  ]);
  unit.enqueue('tickets.route', {});
  return changeTicket(
    unit,
    ticket,
    'waiting',
    {
      ...entered,
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
