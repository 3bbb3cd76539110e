import { AppError } from '../../contract/errors.ts';
import { changeTicket, recordEvent, type TicketRow } from '../../conversations/change-ticket.ts';
import { moveCursors } from '../../conversations/cursors.ts';
import { endTicket } from '../../conversations/end-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import { notice, type Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { dropOfferFor } from '../../routing/offers.ts';
import { type Actor, byFirstName, byName, mustHold, mustSee, supervises } from '../actor.ts';
import { numberOf } from './merging/merge-tickets.ts';

/** @throws AppError `not_holder` unless the caller holds it or supervises, `ticket_closed` */
export async function closeTicket(
  unit: Unit,
  say: Say,
  actor: Actor,
  ticketId: string,
  input: { disposition: string; note?: string | undefined },
): Promise<TicketRow> {
  const contact = await lockContact(unit, ticketId);
  if (supervises(actor)) mustSee(actor, contact.ticket);
  else mustHold(actor, contact.ticket);
  await dropOfferFor(unit, ticketId);
  if (input.note)
    await recordEvent(unit, contact.ticket, { type: 'note', actor: byName(actor), data: { text: input.note } });
  await moveCursors(unit, contact.conversation.id, { city_read: contact.conversation.last_seq });
  return endTicket(unit, say, contact, { actor: byName(actor), disposition: input.disposition, notice: 'closed' });
}

/**
 * Undoes a close: the ticket comes back to the caller.
 * @throws AppError `wrong_state` when it is open, `merge_already` when it is part of another, `conflict` when the citizen has begun a new contact meanwhile
 */
export async function reopenTicket(unit: Unit, say: Say, actor: Actor, ticketId: string): Promise<TicketRow> {
  const { ticket, conversation } = await lockContact(unit, ticketId);
  mustSee(actor, ticket);
  if (ticket.state !== 'closed') throw new AppError('wrong_state');
  if (ticket.merged_into) throw new AppError('merge_already', await numberOf(unit.tx, ticket.merged_into));
  const newer = await unit.tx
    .selectFrom('ticket')
    .select('id')
    .where('conversation_id', '=', conversation.id)
    .where('state', '<>', 'closed')
    .executeTakeFirst();
  if (newer) throw new AppError('conflict', { ticketId: newer.id });
  const reopened = await changeTicket(
    unit,
    ticket,
    'assigned',
    { operator_id: actor.id, closed_at: null, disposition: null, accepted_at: ticket.accepted_at ?? unit.now },
    { type: 'reopened', actor: byName(actor) },
  );
  await say(unit, conversation, reopened, [
    notice(reopened, 'operator_joined', { name: byFirstName(actor).name ?? '' }),
  ]);
  unit.emit('presence.changed', actor.id);
  return reopened;
}
