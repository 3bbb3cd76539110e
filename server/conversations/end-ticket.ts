import type { Author } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { ConversationRow } from './append-messages.ts';
import { changeTicket, type TicketRow } from './change-ticket.ts';
import { notice, type Say } from './say.ts';

/** Closes a locked ticket; who holds it is free for the next one. */
export async function endTicket(
  unit: Unit,
  say: Say,
  contact: { ticket: TicketRow; conversation: ConversationRow },
  ending: { actor: Author; disposition: string | null; notice: 'closed' | 'closed_by_citizen' | null },
): Promise<TicketRow> {
  const { ticket, conversation } = contact;
  const closed = await changeTicket(
    unit,
    ticket,
    'closed',
    {
      closed_at: unit.now,
      disposition: ending.disposition,
      // A contact nobody took has no operator; the one who held it stays on record.
      operator_id: ticket.state === 'assigned' || ticket.state === 'snoozed' ? ticket.operator_id : null,
      reserved_for: null,
      bot_busy_until: null,
      unread: 0,
    },
    { type: 'closed', actor: ending.actor, data: { disposition: ending.disposition, from: ticket.state } },
  );
  if (ending.notice) await say(unit, conversation, closed, [notice(closed, ending.notice)]);
  if (ticket.operator_id) unit.emit('presence.changed', ticket.operator_id);
  unit.enqueue('tickets.route', {});
  return closed;
}
