import { AppError } from '../contract/errors.ts';
import type { Unit } from '../database/unit-of-work.ts';

/**
 * Somebody about to talk on the telephone must have one, and nobody else on it.
 * @param ticketId the contact that they talk about, which may be theirs already
 * @throws AppError `no_telephone`, `capacity_full`
 */
export async function mustTakeCalls(unit: Unit, operatorId: string, ticketId: string | null): Promise<void> {
  const presence = await unit.tx
    .selectFrom('presence')
    .select('takes_calls')
    .where('operator_id', '=', operatorId)
    .where('lease_until', '>', unit.now)
    .executeTakeFirst();
  if (!presence?.takes_calls) throw new AppError('no_telephone');
  if (await isOnCall(unit, operatorId, ticketId)) throw new AppError('capacity_full');
}

/** Whether somebody has another call, is offered one, finishes up after one, or is asked for advice on one. */
export async function isOnCall(unit: Unit, operatorId: string, ticketId: string | null): Promise<boolean> {
  const other = await unit.tx
    .selectFrom('ticket')
    .select('id')
    .where('operator_id', '=', operatorId)
    .where('channel', '=', 'voice')
    .where('state', 'in', ['offered', 'assigned'])
    .$if(ticketId !== null, (query) => query.where('id', '<>', ticketId))
    .limit(1)
    .executeTakeFirst();
  if (other) return true;
  const leg = await unit.tx
    .selectFrom('call_leg as l')
    .innerJoin('call as k', 'k.id', 'l.call_id')
    .select('l.id')
    .where('l.operator_id', '=', operatorId)
    .where('l.state', 'in', ['ringing', 'joined'])
    .$if(ticketId !== null, (query) => query.where('k.ticket_id', '<>', ticketId ?? ''))
    .limit(1)
    .executeTakeFirst();
  return leg !== undefined;
}
