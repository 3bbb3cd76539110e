import { AppError } from '../../contract/errors.ts';
import { changeTicket, type TicketRow } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName, mustSee, supervises } from '../../operators/actor.ts';
import { dropOfferFor } from '../../routing/offers.ts';
import { findQueue } from '../../routing/queue-ticket.ts';
import type { LockedCall } from '../change-call.ts';

/** Whoever calls has the contact. @throws AppError `not_found`, `not_holder` for a contact of somebody else */
export async function holdContact(
  unit: Unit,
  actor: Actor,
  { ticket }: Pick<LockedCall, 'ticket'>,
): Promise<TicketRow> {
  mustSee(actor, ticket);
  const isTheirs = ticket.operator_id === actor.id;
  if (ticket.state === 'assigned' && isTheirs) return ticket;
  const isFree = ticket.state === 'bot' || ticket.state === 'waiting' || ticket.state === 'closed' || isTheirs;
  if (!isFree && !supervises(actor)) throw new AppError('not_holder');
  await dropOfferFor(unit, ticket.id);
  const queue = await findQueue(unit.tx, ticket.queue_id, ticket.protected);
  const held = await changeTicket(
    unit,
    ticket,
    'assigned',
    {
      operator_id: actor.id,
      reserved_for: null,
      queue_id: queue.id,
      accepted_at: ticket.accepted_at ?? unit.now,
      closed_at: null,
      disposition: null,
      bot_busy_until: null,
    },
    {
      type: ticket.state === 'closed' ? 'reopened' : 'offer_accepted',
      actor: byName(actor),
      data: { taken: true, from: ticket.operator_id },
    },
  );
  for (const id of new Set([actor.id, ticket.operator_id])) if (id) unit.emit('presence.changed', id);
  return held;
}
