import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, mustHold } from '../../operators/actor.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { type CallParts, changeCall, takeOff } from '../change-call.ts';
import { liveLegOf } from '../find-call.ts';
import { whisperTo } from '../pass-on.ts';
import { addLeg } from '../ring-leg.ts';
import { mustReachCall } from './reach-call.ts';

/**
 * After a reload: the operator's new page is rung into the call that they still hold.
 * @returns whom to ring
 * @throws AppError `not_found`, `call_over`, `not_holder` once the citizen waits for somebody again
 */
export async function rejoinCall(unit: Unit, { city }: CallParts, actor: Actor, callId: string): Promise<string> {
  await lockOperators(unit, [actor.id]);
  const { call, ticket, legs } = await mustReachCall(unit, actor, callId);
  mustHold(actor, ticket);
  const before = liveLegOf(legs, actor.id);
  if (before?.state === 'ringing') return before.id;
  const facts = before ? await takeOff(unit, [before]) : [];
  const leg = await addLeg(unit, city.calls.ringSeconds, call, {
    role: 'operator',
    operatorId: actor.id,
    name: actor.name,
  });
  const gone = before ?? legs.findLast(({ operator_id: id, role }) => id === actor.id && role === 'operator');
  if (gone) await whisperTo(unit, legs, gone, leg);
  await changeCall(unit, call, {}, facts);
  unit.enqueue('tickets.arrange_call', { callId });
  return leg.id;
}
