import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { grantOf, warningsOf } from '../citizens/warnings.ts';
import { addSeconds } from '../clock.ts';
import type { OfferReason, RoutingSettings } from '../contract/routing.ts';
import { changeTicket, lockTicket, systemActor } from '../conversations/change-ticket.ts';
import { loadSummaries } from '../conversations/ticket-summaries.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { lockAvailableOperators } from './lock-operators.ts';
import { type Match, match } from './match.ts';
import { presentOperators } from './present-operators.ts';
import { waitingTickets } from './waiting-tickets.ts';

/** One matching at a time in the whole installation: the order of the queue allows no second opinion. */
const ROUTING_LOCK = 4_200_002;

export interface RoutingRules {
  /** Queues that serve at this moment. */
  openQueues(now: Date): Promise<readonly string[]>;
  declineCooldownSeconds: number;
  settings: RoutingSettings;
}

/**
 * Matches what waits with who is free, and asks them. Safe to run at any time and any number of times.
 * @returns how many were asked
 */
export async function route(unit: Unit, rules: RoutingRules): Promise<number> {
  await sql`select pg_advisory_xact_lock(${ROUTING_LOCK})`.execute(unit.tx);
  await lockAvailableOperators(unit);
  const present = await presentOperators(unit, rules.settings);
  if (!present.some(({ asked, room, roomForCall }) => !asked && (room > 0 || roomForCall > 0))) return 0;
  const open = await rules.openQueues(unit.now);
  const tickets = await waitingTickets(unit, rules.settings, present, open, rules.declineCooldownSeconds);
  const idleSince = new Map(present.map((operator) => [operator.id, new Date(operator.idleSince).toISOString()]));
  let asked = 0;
  // By ticket id, as every transaction that locks several does.
  for (const found of match(tickets, present).sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1))) {
    const why: OfferReason = { ...found.why, idleSince: idleSince.get(found.operatorId) ?? '' };
    if (await ask(unit, found, why)) asked += 1;
    else unit.enqueue('tickets.route', {});
  }
  return asked;
}

async function ask(unit: Unit, { ticketId, operatorId }: Match, why: OfferReason): Promise<boolean> {
  const ticket = await lockTicket(unit.tx, ticketId);
  if (ticket.state !== 'waiting') return false;
  const { offer_seconds: seconds } = await unit.tx
    .selectFrom('queue')
    .select('offer_seconds')
    .where('id', '=', ticket.queue_id)
    .executeTakeFirstOrThrow();
  const offer = {
    id: uuid(),
    ticket_id: ticketId,
    operator_id: operatorId,
    offered_at: unit.now,
    expires_at: addSeconds(unit.now, seconds),
  };
  await unit.tx.insertInto('offer').values(offer).execute();
  await changeTicket(
    unit,
    ticket,
    'offered',
    { operator_id: operatorId },
    { type: 'offered', actor: systemActor, data: { offerId: offer.id, operatorId, why } },
  );
  unit.enqueue('tickets.offer_expired', { offerId: offer.id }, offer.expires_at);
  const [summary] = await loadSummaries(unit.tx, [ticketId]);
  if (summary) {
    unit.emit('offer.made', {
      id: offer.id,
      ticket: summary,
      operatorId,
      offeredAt: offer.offered_at.toISOString(),
      expiresAt: offer.expires_at.toISOString(),
      warnings: await warningsOf(unit.tx, ticket.citizen_id, unit.now, grantOf(operatorId)),
    });
  }
  unit.emit('presence.changed', operatorId);
  return true;
}
