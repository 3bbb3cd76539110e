import { AppError } from '../contract/errors.ts';
import { citizenActor, lockTicket, recordEvent } from '../conversations/change-ticket.ts';
import { endTicket } from '../conversations/end-ticket.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import { openTicketsOf } from '../conversations/open-tickets-of.ts';
import type { Say } from '../conversations/say.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { dropOfferFor } from '../routing/offers.ts';

/** The resident ends their contact, or the one that it became part of. Nothing happens when none is open. */
export async function endByCitizen(unit: Unit, say: Say, conversationId: string): Promise<void> {
  const open = (await openTicketsOf(unit.tx, [conversationId])).get(conversationId);
  if (!open) return;
  const contact = await lockContact(unit, open.id);
  if (contact.ticket.state === 'closed') return;
  await dropOfferFor(unit, open.id);
  await endTicket(unit, say, contact, {
    actor: citizenActor(contact.ticket),
    disposition: null,
    notice: 'closed_by_citizen',
  });
}

/**
 * What the resident thought of a contact that a person answered. Once: a second score is refused.
 * @throws AppError `not_found` for somebody else's, `wrong_state` when it is open, rated, part of another or was the bot's alone
 */
export async function rateContact(
  unit: Unit,
  conversationId: string,
  rating: { ticketId: string; score: number; comment?: string | undefined },
): Promise<void> {
  const ticket = await lockTicket(unit.tx, rating.ticketId);
  if (ticket.conversation_id !== conversationId) throw new AppError('not_found');
  const isOver = ticket.state === 'closed' && ticket.merged_into === null;
  if (!isOver || ticket.accepted_at === null || ticket.rating !== null) {
    throw new AppError('wrong_state');
  }
  await unit.tx
    .updateTable('ticket')
    .set({
      rating: rating.score,
      rating_comment: rating.comment ?? null,
      version: ticket.version + 1,
      updated_at: unit.now,
    })
    .where('id', '=', ticket.id)
    .execute();
  await recordEvent(unit, ticket, {
    type: 'rated',
    actor: citizenActor(ticket),
    data: { score: rating.score, comment: rating.comment ?? null },
  });
  unit.emit('tickets.changed', [ticket.id]);
}
