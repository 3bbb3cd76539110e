import { addSeconds } from '../../clock.ts';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, mustHold } from '../../operators/actor.ts';
import { changeCall, lockCall } from '../change-call.ts';

/** @throws AppError `not_found`, `ticket_closed`, `not_holder`, `wrong_state` when nothing is being finished */
export async function extendWrapUp(unit: Unit, actor: Actor, callId: string, seconds: number): Promise<void> {
  const { call, ticket } = await lockCall(unit, callId);
  mustHold(actor, ticket);
  if (!call.wrap_up_until || call.wrapped_up_at) throw new AppError('wrong_state');
  const from = call.wrap_up_until > unit.now ? call.wrap_up_until : unit.now;
  const until = addSeconds(from, seconds);
  await changeCall(unit, call, { wrap_up_until: until });
  unit.enqueue('tickets.wrap_up_over', { callId }, until);
}
