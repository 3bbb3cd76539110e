import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { type CallParts, changeCall, lockCall, takeOff } from '../change-call.ts';
import { endCall } from '../end-call.ts';
import { isCompany, liveLegOf } from '../find-call.ts';
import { goOnWithout } from '../go-on-without.ts';
import { lockPeople } from '../lock-people.ts';

/**
 * Somebody goes out of a call. When whoever holds it does, whoever talks with the citizen goes on with them; when the
 * last one of the city does, the citizen waits again at the head of their queue.
 * @throws AppError `not_found` for who is not on it
 */
export async function leaveCall(unit: Unit, parts: CallParts, actor: Actor, callId: string): Promise<void> {
  await lockPeople(unit, callId);
  const locked = await lockCall(unit, callId);
  const { call, ticket, legs } = locked;
  if (call.ended_at) return;
  const leg = liveLegOf(legs, actor.id);
  if (!leg) throw new AppError('not_found');
  const facts = await takeOff(unit, [leg]);
  const others = legs.filter((other) => other.id !== leg.id);
  const isAlone = leg.role !== 'supervisor' && !others.some(isCompany);
  if (isAlone && call.direction === 'out' && !call.answered_at) {
    const changed = await changeCall(unit, call, {}, facts);
    return endCall(parts, unit, { ...locked, call: changed }, { reason: 'cancelled' });
  }
  const isHolder = ticket.state === 'assigned' && ticket.operator_id === actor.id && leg.role === 'operator';
  const changed = await changeCall(unit, call, {}, facts);
  if (isHolder || isAlone) {
    return goOnWithout(unit, parts, { ...locked, call: changed, legs: others }, leg, 'operator_left');
  }
  unit.enqueue('tickets.arrange_call', { callId });
}
