import { AppError } from '../../contract/errors.ts';
import type { Author } from '../../contract/message.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, mustHold, mustSee } from '../../operators/actor.ts';
import { type LockedCall, lockCall } from '../change-call.ts';
import { type LegRow, liveLegOf } from '../find-call.ts';

/** A locked call that goes on, of a contact that the actor may see. @throws AppError `not_found`, `call_over` */
export async function mustReachCall(unit: Unit, actor: Actor, callId: string): Promise<LockedCall> {
  const locked = await lockCall(unit, callId);
  mustSee(actor, locked.ticket);
  if (locked.call.ended_at) throw new AppError('call_over');
  return locked;
}

export interface Talk extends LockedCall {
  operator: LegRow;
  citizen: LegRow;
}

/**
 * A locked call that its holder talks on. @throws AppError `not_found`, `call_over`, `not_holder`, `wrong_state` while
 * nobody is on the line
 */
export async function mustTalk(unit: Unit, actor: Actor, callId: string): Promise<Talk> {
  const locked = await mustReachCall(unit, actor, callId);
  mustHold(actor, locked.ticket);
  const operator = liveLegOf(locked.legs, actor.id);
  const citizen = locked.legs.find(({ role }) => role === 'citizen');
  if (operator?.state !== 'joined' || operator.role !== 'operator' || !citizen) throw new AppError('wrong_state');
  return { ...locked, operator, citizen };
}

/** Whoever is asked for advice, or called in, while the citizen waits. */
export const consultedOf = ({ legs }: Pick<LockedCall, 'legs'>): LegRow | undefined =>
  legs.find(
    (leg) =>
      (leg.role === 'consulted' || leg.role === 'outside') && (leg.state === 'ringing' || leg.state === 'joined'),
  );

export const authorOf = (leg: Pick<LegRow, 'operator_id' | 'name'>): Author => ({
  type: 'operator',
  id: leg.operator_id,
  name: leg.name,
});
