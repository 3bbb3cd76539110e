import { systemActor, type TicketRow } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { markPresence } from '../routing/mark-presence.ts';
import { dropOfferFor } from '../routing/offers.ts';
import { queueTicket } from '../routing/queue-ticket.ts';

/** Why nobody of the city is on a call that somebody had accepted. */
export type WhyGivenBack = 'not_answered' | 'operator_lost' | 'operator_left' | 'line_failed' | 'transfer_failed';

/**
 * A contact that somebody holds waits again, in the place of its first contact. Whoever was rung and did not answer is
 * set away, so that the queue does not ring at an empty desk.
 * @param isAway whoever held it was rung in vain
 */
export async function giveBack(
  unit: Unit,
  ticket: TicketRow,
  callId: string,
  reason: WhyGivenBack,
  { isAway = reason === 'not_answered' } = {},
): Promise<TicketRow> {
  const operatorId = ticket.operator_id;
  await dropOfferFor(unit, ticket.id);
  const waiting = await queueTicket(unit, ticket, {
    event: { type: 'requeued', actor: systemActor, data: { operatorId, reason, callId } },
  });
  if (operatorId && isAway) await markPresence(unit, operatorId, 'away', 'missed_offer');
  else if (operatorId) unit.emit('presence.changed', operatorId);
  return waiting;
}
