import { recordEvent } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { changeCall, changeLeg } from '../change-call.ts';
import { factsOf } from '../keep-facts.ts';
import { type OwnFact, orderFacts } from '../stored-fact.ts';
import { mustTalk, type Talk } from './reach-call.ts';

/** The citizen hears music, or is back. @throws as `mustTalk` */
export async function holdCall(unit: Unit, actor: Actor, callId: string, held: boolean): Promise<void> {
  const talk = await mustTalk(unit, actor, callId);
  const facts = await setHeld(unit, actor, talk, held);
  if (facts.length === 0) return;
  await changeCall(unit, talk.call, {}, facts);
  unit.enqueue('tickets.arrange_call', { callId });
}

/** @returns what is to be kept with the change of the call; nothing when they are so already */
export async function setHeld(
  unit: Unit,
  actor: Actor,
  { call, ticket, citizen }: Pick<Talk, 'call' | 'ticket' | 'citizen'>,
  held: boolean,
): Promise<OwnFact[]> {
  if (citizen.held === held) return [];
  await changeLeg(unit, citizen, { held });
  const data = held ? { callId: call.id } : { callId: call.id, heldMs: await heldFor(unit, call.id) };
  await recordEvent(unit, ticket, { type: held ? 'call_held' : 'call_resumed', actor: byName(actor), data });
  return [{ kind: held ? 'held' : 'resumed', legId: citizen.id }];
}

/** Milliseconds since they were put on hold. */
async function heldFor(unit: Unit, callId: string): Promise<number> {
  const held = orderFacts(await factsOf(unit.tx, callId)).findLast(({ own, kind }) => own && kind === 'held');
  return held ? Math.max(0, unit.now.getTime() - held.at.getTime()) : 0;
}
