import { addSeconds } from '../../clock.ts';
import type { CallTarget } from '../../contract/call.ts';
import { AppError } from '../../contract/errors.ts';
import { recordEvent } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { transferTicket } from '../../operators/desk/transfer-ticket.ts';
import { type CallParts, changeCall, takeOff } from '../change-call.ts';
import type { OwnFact } from '../stored-fact.ts';
import { setHeld } from './hold-call.ts';
import { mustCallOutside } from './outside-number.ts';
import { mustTalk, type Talk } from './reach-call.ts';

/**
 * Hands over without a word. The citizen waits for the person or queue in the place of their first contact, or hears
 * the number ring; the operator is off the call at once.
 * @throws AppError as `mustTalk`, `transferTicket`, `mustCallOutside`
 */
export async function transferCall(
  unit: Unit,
  parts: CallParts,
  actor: Actor,
  callId: string,
  to: CallTarget,
): Promise<void> {
  const talk = await mustTalk(unit, actor, callId);
  const { call, ticket, legs } = talk;
  if (to.operatorId === actor.id) throw new AppError('wrong_state');
  if (to.number) mustCallOutside(parts.city, call, ticket, to.number);
  const resumed = await setHeld(unit, actor, talk, false);
  const facts = [
    ...(await takeOff(
      unit,
      legs.filter(({ role }) => role !== 'citizen'),
    )),
    ...resumed,
  ];
  const { operatorId = null, queueId = null, number = null } = to;
  const data = { callId, operatorId, queueId, number, how: 'cold' };
  await recordEvent(unit, ticket, { type: 'call_transferred', actor: byName(actor), data });
  if (to.number) await passOn(unit, parts, talk, to.number, facts);
  else {
    await changeCall(unit, call, { stage: 'queue' }, facts);
    await transferTicket(unit, parts.say, actor, ticket.id, { operatorId: to.operatorId, queueId: to.queueId });
  }
  unit.enqueue('tickets.arrange_call', { callId });
}

async function passOn(
  unit: Unit,
  { city }: CallParts,
  { call }: Talk,
  number: string,
  facts: readonly OwnFact[],
): Promise<void> {
  const until = addSeconds(unit.now, city.calls.wrapUpSeconds);
  await changeCall(unit, call, { transfer_to: number, wrap_up_until: until }, [
    ...facts,
    { kind: 'room', outside: true },
    { kind: 'outcome', outcome: 'transferred' },
  ]);
  unit.enqueue('tickets.wrap_up_over', { callId: call.id }, until);
}
