import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, mustSee, supervises } from '../../operators/actor.ts';
import { type CallParts, lockCall } from '../change-call.ts';
import { endCall } from '../end-call.ts';

/** Ends the call for everybody; again changes nothing. @throws AppError `not_found`, `not_holder` unless they supervise */
export async function hangUpCall(unit: Unit, parts: CallParts, actor: Actor, callId: string): Promise<void> {
  const locked = await lockCall(unit, callId);
  const { ticket } = locked;
  mustSee(actor, ticket);
  if (ticket.operator_id !== actor.id && !supervises(actor)) throw new AppError('not_holder');
  await endCall(parts, unit, locked, { reason: 'completed' });
}
