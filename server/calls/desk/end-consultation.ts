import { addSeconds } from '../../clock.ts';
import { AppError } from '../../contract/errors.ts';
import { changeTicket, recordEvent } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { type CallParts, changeCall, changeLeg, takeOff } from '../change-call.ts';
import { type LegRow, liveLegOf } from '../find-call.ts';
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
  await lockOperators(unit, await whoIsOn(unit, callId));
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

async function whoIsOn(unit: Unit, callId: string): Promise<string[]> {
  const rows = await unit.tx
    .selectFrom('call_leg')
    .select('operator_id')
    .where('call_id', '=', callId)
    .where('operator_id', 'is not', null)
    .execute();
  return rows.flatMap(({ operator_id: id }) => id ?? []);
}

async function back(unit: Unit, actor: Actor, talk: Talk, facts: readonly OwnFact[]): Promise<void> {
  const resumed = await setHeld(unit, actor, talk, false);
  await changeCall(unit, talk.call, {}, [...facts, ...resumed]);
  unit.enqueue('tickets.arrange_call', { callId: talk.call.id });
}

async function complete(unit: Unit, { city }: CallParts, actor: Actor, talk: Talk, consulted: LegRow): Promise<void> {
  const { call, ticket, operator } = talk;
  const resumed = await setHeld(unit, actor, talk, false);
  const facts = [...(await takeOff(unit, [operator])), ...resumed];
  const data = { callId: call.id, operatorId: consulted.operator_id, number: consulted.address, how: 'warm' };
  await recordEvent(unit, ticket, { type: 'call_transferred', actor: byName(actor), data });
  if (consulted.operator_id) {
    await changeLeg(unit, consulted, { role: 'operator' });
    await whisperTo(unit, talk, consulted.id);
    await changeCall(unit, call, {}, facts);
    await changeTicket(
      unit,
      ticket,
      'assigned',
      { operator_id: consulted.operator_id },
      {
        type: 'transferred',
        actor: byName(actor),
        data: { operatorId: consulted.operator_id, queueId: ticket.queue_id },
      },
    );
    for (const id of [actor.id, consulted.operator_id]) unit.emit('presence.changed', id);
    unit.enqueue('tickets.route', {});
  } else {
    const until = addSeconds(unit.now, city.calls.wrapUpSeconds);
    await changeCall(unit, call, { wrap_up_until: until }, [...facts, { kind: 'outcome', outcome: 'transferred' }]);
    unit.enqueue('tickets.wrap_up_over', { callId: call.id }, until);
  }
  unit.enqueue('tickets.arrange_call', { callId: call.id });
}

/** A supervisor who whispered to the one whispers to the other from here on. */
async function whisperTo(unit: Unit, { legs, operator }: Talk, to: string): Promise<void> {
  for (const leg of legs) {
    if (leg.whispers_to === operator.id && liveLegOf(legs, leg.operator_id))
      await changeLeg(unit, leg, { whispers_to: to });
  }
}
