import { addSeconds } from '../clock.ts';
import type { Author } from '../contract/message.ts';
import { changeTicket, recordEvent } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type CallParts, changeCall, changeLeg, type LockedCall } from './change-call.ts';
import { isLive, type LegRow } from './find-call.ts';
import type { OwnFact } from './stored-fact.ts';

/**
 * Somebody who is on the line takes a locked call over from its operator, whose leg is gone: a person of the city holds
 * the contact from here on; with somebody outside the citizen goes on alone, and the operator finishes up.
 * @param facts of what was done besides, kept with the change of the call
 */
export async function passOn(
  unit: Unit,
  { city }: Pick<CallParts, 'city'>,
  { call, ticket, legs }: LockedCall,
  { from, to, actor, how }: { from: LegRow; to: LegRow; actor: Author; how: 'warm' | 'operator_lost' },
  facts: readonly OwnFact[],
): Promise<void> {
  const { operator_id: operatorId, address: number } = to;
  const data = { callId: call.id, operatorId, number, how };
  await recordEvent(unit, ticket, { type: 'call_transferred', actor, data });
  if (operatorId) {
    await changeLeg(unit, to, { role: 'operator', silent: false, whispers_to: null });
    await whisperTo(unit, legs, from, to);
    await changeCall(unit, call, {}, facts);
    await changeTicket(
      unit,
      ticket,
      'assigned',
      { operator_id: operatorId },
      { type: 'transferred', actor, data: { operatorId, queueId: ticket.queue_id } },
    );
    for (const id of [from.operator_id, operatorId]) if (id) unit.emit('presence.changed', id);
    unit.enqueue('tickets.route', {});
  } else {
    const until = addSeconds(unit.now, city.calls.wrapUpSeconds);
    await changeCall(unit, call, { wrap_up_until: until }, [...facts, { kind: 'outcome', outcome: 'transferred' }]);
    unit.enqueue('tickets.wrap_up_over', { callId: call.id }, until);
  }
  unit.enqueue('tickets.arrange_call', { callId: call.id });
}

/** A supervisor who whispered to the one whispers to the other from here on. */
export async function whisperTo(unit: Unit, legs: readonly LegRow[], from: LegRow, to: LegRow): Promise<void> {
  for (const leg of legs) {
    if (leg.whispers_to === from.id && isLive(leg) && leg.id !== to.id) {
      await changeLeg(unit, leg, { whispers_to: to.id });
    }
  }
}
