import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { type CallParts, changeCall, changeLeg, lockCall, takeOff } from '../change-call.ts';
import { endCall } from '../end-call.ts';
import { isLive, liveLegOf } from '../find-call.ts';
import { giveBack } from '../give-back.ts';
import type { OwnFact } from '../stored-fact.ts';

/**
 * Somebody goes out of a call. When the last one of the city does, the citizen waits again at the head of their queue.
 * @throws AppError `not_found` for who is not on it
 */
export async function leaveCall(unit: Unit, parts: CallParts, actor: Actor, callId: string): Promise<void> {
  const locked = await lockCall(unit, callId);
  const { call, ticket, legs } = locked;
  if (call.ended_at) return;
  const leg = liveLegOf(legs, actor.id);
  if (!leg) throw new AppError('not_found');
  const facts: OwnFact[] = await takeOff(unit, [leg]);
  const others = legs.some(
    (other) => other.id !== leg.id && isLive(other) && other.role !== 'citizen' && other.role !== 'supervisor',
  );
  const isLast = leg.role !== 'supervisor' && !others;
  const citizen = legs.find(({ role }) => role === 'citizen');
  if (isLast && citizen?.held) {
    await changeLeg(unit, citizen, { held: false });
    facts.push({ kind: 'resumed', legId: citizen.id });
  }
  const changed = await changeCall(
    unit,
    call,
    isLast && (call.direction === 'in' || call.answered_at) ? { stage: 'queue' } : {},
    facts,
  );
  if (isLast && call.direction === 'out' && !call.answered_at) {
    return endCall(parts, unit, { ...locked, call: changed }, { reason: 'cancelled' });
  }
  if (isLast && ticket.state === 'assigned') await giveBack(unit, ticket, callId, 'operator_left');
  unit.enqueue('tickets.arrange_call', { callId });
}
