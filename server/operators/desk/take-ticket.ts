import { AppError } from '../../contract/errors.ts';
import { changeTicket, type TicketRow } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import { notice, type Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { hasRoomFor } from '../../routing/capacity.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { dropOfferFor } from '../../routing/offers.ts';
import { findQueue } from '../../routing/queue-ticket.ts';
import { type Actor, byFirstName, byName, mustSee, supervises } from '../actor.ts';
import { mustTakeCalls } from '../takes-calls.ts';

/**
 * Steps in: operators into what the bot has or what waits, supervisors into anything open.
 * @throws AppError `not_holder`, `ticket_closed`, `capacity_full`, for a call `no_telephone`
 */
export async function takeTicket(unit: Unit, say: Say, actor: Actor, ticketId: string): Promise<TicketRow> {
  await lockOperators(unit, [actor.id]);
  const { ticket, conversation } = await lockContact(unit, ticketId);
  mustSee(actor, ticket);
  if (ticket.state === 'closed') throw new AppError('ticket_closed');
  if (ticket.state === 'assigned' && ticket.operator_id === actor.id) return ticket;
  const free = ticket.state === 'bot' || ticket.state === 'waiting' || ticket.operator_id === actor.id;
  if (!free && !supervises(actor)) throw new AppError('not_holder');
  if (!supervises(actor) && !(await hasRoomFor(unit, actor, ticket))) throw new AppError('capacity_full');
  if (ticket.channel === 'voice') await mustTakeCalls(unit, actor.id, ticketId);

  await dropOfferFor(unit, ticket.id);
  const former = ticket.operator_id;
  const queue = await findQueue(unit.tx, ticket.queue_id, ticket.protected);
  const taken = await changeTicket(
    unit,
    ticket,
    'assigned',
    {
      operator_id: actor.id,
      reserved_for: null,
      queue_id: queue.id,
      accepted_at: ticket.accepted_at ?? unit.now,
      bot_busy_until: null,
    },
    { type: 'offer_accepted', actor: byName(actor), data: { taken: true, from: former } },
  );
  await say(unit, conversation, taken, [notice(taken, 'operator_joined', { name: byFirstName(actor).name ?? '' })]);
  await unit.tx.updateTable('presence').set({ idle_since: unit.now }).where('operator_id', '=', actor.id).execute();
  for (const operatorId of new Set([actor.id, former])) if (operatorId) unit.emit('presence.changed', operatorId);
  unit.enqueue('tickets.route', {});
  return taken;
}
