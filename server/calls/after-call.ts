import { addSeconds } from '../clock.ts';
import { changeTicket, citizenActor, systemActor, type TicketRow } from '../conversations/change-ticket.ts';
import { endTicket } from '../conversations/end-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { dropOfferFor } from '../routing/offers.ts';
import { type CallParts, changeCall, type LockedCall } from './change-call.ts';
import type { CallRow } from './find-call.ts';
import { giveBack } from './give-back.ts';

/** What becomes of a contact when its call has just ended. */
export async function afterCall(parts: CallParts, unit: Unit, locked: LockedCall, dialled: boolean): Promise<void> {
  const { call, ticket } = locked;
  const callback = await unit.tx
    .selectFrom('callback')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (callback && call.answered_at) {
    await unit.tx.updateTable('callback').set({ done_at: unit.now }).where('ticket_id', '=', ticket.id).execute();
  }
  switch (ticket.state) {
    case 'bot':
      return close(parts, unit, locked);
    case 'waiting':
    case 'offered':
      // Their place is kept for what they wait for: a call back, an answer to what they left, another channel.
      if (callback || call.outcome === 'voicemail' || call.outcome === 'moved') return;
      return close(parts, unit, locked);
    case 'assigned':
      if (call.answered_at || call.outcome === 'transferred') return wrapUp(parts, unit, call);
      if (call.direction === 'in') return callback ? givePlaceBack(unit, locked) : close(parts, unit, locked);
      if (!callback) return wrapUp(parts, unit, call);
      if (!dialled) return givePlaceBack(unit, locked);
      return unreached(parts, unit, call, ticket, callback.tries + 1);
    default:
      return;
  }
}

async function close({ say }: CallParts, unit: Unit, { ticket, conversation }: LockedCall): Promise<void> {
  await dropOfferFor(unit, ticket.id);
  await endTicket(
    unit,
    say,
    { ticket, conversation },
    { actor: citizenActor(ticket), disposition: null, notice: null },
  );
}

async function givePlaceBack(unit: Unit, { call, ticket }: LockedCall): Promise<void> {
  await giveBack(unit, ticket, call.id, 'not_answered');
}

/** Its operator is left alone for a while to write down what is to be written. */
async function wrapUp({ city }: CallParts, unit: Unit, call: CallRow): Promise<void> {
  // Begun already by whoever passed the citizen on.
  if (call.wrap_up_until) return;
  const until = addSeconds(unit.now, city.calls.wrapUpSeconds);
  await changeCall(unit, call, { wrap_up_until: until });
  unit.enqueue('tickets.wrap_up_over', { callId: call.id }, until);
}

/** Nobody answered our call: once more a little later, until it has been tried often enough for somebody to decide. */
async function unreached(parts: CallParts, unit: Unit, call: CallRow, ticket: TicketRow, tries: number): Promise<void> {
  const { callbackTries, callbackPauseMinutes } = parts.city.calls;
  await unit.tx
    .updateTable('callback')
    .set({ tries, last_tried_at: unit.now })
    .where('ticket_id', '=', ticket.id)
    .execute();
  if (tries >= callbackTries) return wrapUp(parts, unit, call);
  const until = addSeconds(unit.now, callbackPauseMinutes * 60);
  await changeTicket(
    unit,
    ticket,
    'snoozed',
    { snoozed_until: until },
    { type: 'snoozed', actor: systemActor, data: { until: until.toISOString(), reason: 'unreached', callId: call.id } },
  );
  if (ticket.operator_id) unit.emit('presence.changed', ticket.operator_id);
  unit.enqueue('tickets.route', {});
}
