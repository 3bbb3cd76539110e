import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { type CallParts, changeCall, takeOff } from '../change-call.ts';
import type { LegRow } from '../find-call.ts';
import { lockPeople } from '../lock-people.ts';
import { passOn } from '../pass-on.ts';
import type { OwnFact } from '../stored-fact.ts';
import { setHeld } from './hold-call.ts';
import { consultedOf, mustTalk, type Talk } from './reach-call.ts';

/**
 * back: the citizen alone with the operator · conference: all three · complete: whoever was asked takes the call.
 * @throws AppError as `mustTalk`, `wrong_state` when nobody is consulted, or has answered yet
 */
export async function endConsultation(
  unit: Unit,
  parts: CallParts,
  actor: Actor,
  callId: string,
  how: 'back' | 'conference' | 'complete',
): Promise<void> {
  await lockPeople(unit, callId);
  const talk = await mustTalk(unit, actor, callId);
  const consulted = consultedOf(talk);
  if (!consulted) {
    // Whoever was asked has gone by themselves.
    if (how !== 'back') throw new AppError('wrong_state');
    return back(unit, actor, talk, []);
  }
  if (how === 'back') return back(unit, actor, talk, await takeOff(unit, [consulted]));
  if (consulted.state !== 'joined') throw new AppError('wrong_state');
  if (how === 'conference') return back(unit, actor, talk, []);
  return complete(unit, parts, actor, talk, consulted);
}

async function back(unit: Unit, actor: Actor, talk: Talk, facts: readonly OwnFact[]): Promise<void> {
  const resumed = await setHeld(unit, actor, talk, false);
  await changeCall(unit, talk.call, {}, [...facts, ...resumed]);
  unit.enqueue('tickets.arrange_call', { callId: talk.call.id });
}

async function complete(unit: Unit, parts: CallParts, actor: Actor, talk: Talk, to: LegRow): Promise<void> {
  const resumed = await setHeld(unit, actor, talk, false);
  const facts = [...(await takeOff(unit, [talk.operator])), ...resumed];
  await passOn(unit, parts, talk, { from: talk.operator, to, actor: byName(actor), how: 'warm' }, facts);
}
