import type { Selectable } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { ChannelName } from '../contract/channel.ts';
import { AppError } from '../contract/errors.ts';
import type { OfferOutcome } from '../contract/http.ts';
import type { Author } from '../contract/message.ts';
import { changeTicket, lockTicket, systemActor, type TicketRow } from '../conversations/change-ticket.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import { notice, type Say } from '../conversations/say.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { markPresence } from './mark-presence.ts';

type OfferRow = Selectable<Tables['offer']>;

/**
 * The ticket becomes the operator's. Accepting again what one holds by it, after a double click or a lost answer,
 * gives the ticket once more.
 * @throws AppError `offer_gone` when it was answered otherwise, withdrawn or too late
 */
export async function acceptOffer(unit: Unit, say: Say, offerId: string, operator: Author): Promise<TicketRow> {
  const offer = await findOffer(unit, offerId, operator.id);
  const { conversation, ticket } = await lockContact(unit, offer.ticket_id);
  if (offer.expires_at <= unit.now || !(await end(unit, offer, 'accepted'))) {
    const { outcome } = await findOffer(unit, offerId, operator.id);
    const holds = ticket.state === 'assigned' && ticket.operator_id === operator.id;
    if (outcome === 'accepted' && holds) return ticket;
    throw new AppError('offer_gone');
  }
  const accepted = await changeTicket(
    unit,
    ticket,
    'assigned',
    { operator_id: operator.id, reserved_for: null, accepted_at: ticket.accepted_at ?? unit.now },
    { type: 'offer_accepted', actor: operator, data: { offerId } },
  );
  await say(unit, conversation, accepted, [notice(accepted, 'operator_joined', { name: operator.name ?? '' })]);
  await unit.tx
    .updateTable('presence')
    .set({ idle_since: unit.now })
    .where('operator_id', '=', operator.id ?? '')
    .execute();
  return accepted;
}

/** The operator lets it pass on to somebody else. @throws AppError `offer_gone` */
export async function declineOffer(
  unit: Unit,
  offerId: string,
  operator: Author,
  cooldownSeconds: number,
): Promise<void> {
  const offer = await findOffer(unit, offerId, operator.id);
  if (!(await giveBack(unit, offer, 'declined', operator))) throw new AppError('offer_gone');
  unit.enqueue('tickets.route', {}, addSeconds(unit.now, cooldownSeconds));
}

/**
 * Nobody answered in time: the ticket goes back to its old place, and the operator is set away, so that the queue
 * does not ring at an empty desk. Does nothing when the offer was answered or is not due.
 */
export async function expireOffer(unit: Unit, offerId: string, cooldownSeconds: number): Promise<void> {
  const offer = await unit.tx.selectFrom('offer').selectAll().where('id', '=', offerId).executeTakeFirst();
  if (!offer || offer.outcome || offer.expires_at > unit.now) return;
  if (!(await giveBack(unit, offer, 'timed_out', systemActor))) return;
  await markPresence(unit, offer.operator_id, 'away', 'missed_offer');
  unit.enqueue('tickets.route', {}, addSeconds(unit.now, cooldownSeconds));
}

/**
 * Takes back what an operator was asked, because they are gone or somebody else took it.
 * @param channel takes back what came by that one alone
 */
export async function withdrawOfferOf(unit: Unit, operatorId: string, channel?: ChannelName): Promise<void> {
  const offer = await unit.tx
    .selectFrom('offer as f')
    .innerJoin('ticket as t', 't.id', 'f.ticket_id')
    .selectAll('f')
    .where('f.operator_id', '=', operatorId)
    .where('f.outcome', 'is', null)
    .$if(channel !== undefined, (query) => query.where('t.channel', '=', channel ?? 'voice'))
    .executeTakeFirst();
  if (offer) await giveBack(unit, offer, 'withdrawn', systemActor);
}

/** Ends the offer of a ticket that is about to change by other means. The ticket must be locked. */
export async function dropOfferFor(unit: Unit, ticketId: string): Promise<void> {
  const offer = await unit.tx
    .selectFrom('offer')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('outcome', 'is', null)
    .executeTakeFirst();
  if (offer) await end(unit, offer, 'withdrawn');
}

async function giveBack(
  unit: Unit,
  offer: OfferRow,
  outcome: Exclude<OfferOutcome, 'accepted'>,
  actor: Author,
): Promise<boolean> {
  const ticket = await lockTicket(unit.tx, offer.ticket_id);
  if (!(await end(unit, offer, outcome))) return false;
  if (ticket.state === 'offered') {
    const type = `offer_${outcome}` as const;
    // Being passed on ends a reservation: whoever is free in the queue is asked next.
    await changeTicket(
      unit,
      ticket,
      'waiting',
      { operator_id: null, reserved_for: null },
      {
        type,
        actor,
        data: { offerId: offer.id, operatorId: offer.operator_id },
      },
    );
  }
  return true;
}

/** True for the one who ended it. Whoever was asked may be asked again, at once. */
async function end(unit: Unit, offer: OfferRow, outcome: OfferOutcome): Promise<boolean> {
  const ended = await unit.tx
    .updateTable('offer')
    .set({ outcome, ended_at: unit.now })
    .where('id', '=', offer.id)
    .where('outcome', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!ended) return false;
  unit.emit('offer.ended', { offerId: offer.id, ticketId: offer.ticket_id, operatorId: offer.operator_id, outcome });
  unit.emit('presence.changed', offer.operator_id);
  unit.enqueue('tickets.route', {});
  return true;
}

async function findOffer(unit: Unit, offerId: string, operatorId: string | null): Promise<OfferRow> {
  const offer = await unit.tx.selectFrom('offer').selectAll().where('id', '=', offerId).executeTakeFirst();
  if (!offer || offer.operator_id !== operatorId) throw new AppError('offer_gone');
  return offer;
}
