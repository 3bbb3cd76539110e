import { addSeconds } from '../../clock.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { type CallParts, changeCall, changeLeg, type LockedCall, lockCall } from '../change-call.ts';
import type { LegRow } from '../find-call.ts';
import { followFacts } from '../follow-facts.ts';
import { keepOwnFacts } from '../keep-facts.ts';

/** What a browser takes from the click to the room. */
const JOIN_SECONDS = 15;

/**
 * Somebody who is consulted takes the question: their line joins in a moment.
 * @returns whom to ring, in case their telephone has not heard of it
 * @throws AppError `not_found`, `call_over`
 */
export async function answerLeg(unit: Unit, actor: Actor, callId: string, legId: string): Promise<string> {
  const { locked, leg } = await mustBeTheirs(unit, actor, callId, legId);
  const until = addSeconds(unit.now, JOIN_SECONDS);
  if (leg.state === 'ringing' && leg.rings_until && leg.rings_until < until) {
    await changeLeg(unit, leg, { rings_until: until });
    await changeCall(unit, locked.call, {});
    unit.enqueue('tickets.leg_expired', { legId }, until);
  }
  return legId;
}

/** Somebody who is consulted cannot come. @throws AppError `not_found`, `call_over` */
export async function declineLeg(
  unit: Unit,
  parts: CallParts,
  actor: Actor,
  callId: string,
  legId: string,
): Promise<void> {
  const { locked, leg } = await mustBeTheirs(unit, actor, callId, legId);
  if (leg.state !== 'ringing') return;
  await keepOwnFacts(unit, callId, [{ kind: 'unreached', legId, reason: 'declined' }]);
  await followFacts(parts, unit, locked);
}

async function mustBeTheirs(
  unit: Unit,
  actor: Actor,
  callId: string,
  legId: string,
): Promise<{ locked: LockedCall; leg: LegRow }> {
  const locked = await lockCall(unit, callId);
  const leg = locked.legs.find(({ id, operator_id: operatorId }) => id === legId && operatorId === actor.id);
  if (!leg) throw new AppError('not_found');
  if (locked.call.ended_at || leg.state === 'left' || leg.state === 'unreached') throw new AppError('call_over');
  return { locked, leg };
}
