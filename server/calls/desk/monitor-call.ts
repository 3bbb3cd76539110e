import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { AppError } from '../../contract/errors.ts';
import { recordEvent } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { mustTakeCalls } from '../../operators/takes-calls.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { type CallParts, changeCall, changeLeg } from '../change-call.ts';
import { liveLegOf } from '../find-call.ts';
import { addLeg } from '../ring-leg.ts';
import { mustReachCall } from './reach-call.ts';

/**
 * A supervisor listens in, whispers to the operator, or joins; again with another `how`, it changes.
 * @returns whom to ring, null for one who is on the call already
 * @throws AppError `not_found`, `call_over`, `no_telephone`, `capacity_full`, `wrong_state` while nobody talks, or for
 * whoever talks themselves
 */
export async function monitorCall(
  unit: Unit,
  { city }: CallParts,
  actor: Actor,
  origin: Origin,
  callId: string,
  how: 'listen' | 'whisper' | 'join',
): Promise<string | null> {
  await lockOperators(unit, [actor.id]);
  const { call, ticket, legs } = await mustReachCall(unit, actor, callId);
  const operator = legs.find(({ role, state }) => role === 'operator' && state === 'joined');
  const own = liveLegOf(legs, actor.id);
  if (!operator || (own && own.role !== 'supervisor')) throw new AppError('wrong_state');
  const place = { silent: how !== 'join', whispers_to: how === 'whisper' ? operator.id : null };
  if (own?.silent === place.silent && own.whispers_to === place.whispers_to) return null;
  if (!own) await mustTakeCalls(unit, actor.id, null);
  const leg = own
    ? await changeLeg(unit, own, place)
    : await addLeg(unit, city.calls.ringSeconds, call, {
        role: 'supervisor',
        operatorId: actor.id,
        name: actor.name,
        silent: place.silent,
        whispersTo: place.whispers_to,
      });
  await recordEvent(unit, ticket, { type: 'call_monitored', actor: byName(actor), data: { callId, how } });
  await recordAudit(unit, origin, { action: 'call.monitored', target: callId, after: { how, ticketId: ticket.id } });
  await changeCall(unit, call, {});
  unit.enqueue('tickets.arrange_call', { callId });
  return own ? null : leg.id;
}
