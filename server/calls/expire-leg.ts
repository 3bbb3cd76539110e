import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { changeCall, type LockedCall, lockCall } from './change-call.ts';
import { isLive, type LegRow } from './find-call.ts';
import { followFacts, REJOIN_SECONDS } from './follow-facts.ts';
import { giveBack } from './give-back.ts';
import { keepOwnFacts } from './keep-facts.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'city' | 'say'>;

/**
 * Somebody was rung and has not answered in time; or somebody who was lost has not come back. Does nothing when they
 * have, or when it is not due.
 */
export async function expireLeg(parts: Parts, legId: string): Promise<void> {
  const found = await parts.database.db
    .selectFrom('call_leg')
    .select('call_id')
    .where('id', '=', legId)
    .executeTakeFirst();
  if (!found) return;
  await parts.unitOfWork(async (unit) => {
    const locked = await lockCall(unit, found.call_id);
    const leg = locked.legs.find(({ id }) => id === legId);
    if (!leg || locked.call.ended_at) return;
    if (leg.state === 'ringing') return notAnswered(parts, unit, locked, leg);
    if (leg.state === 'left') return notBack(unit, locked, leg);
  });
}

async function notAnswered(
  parts: Pick<Parts, 'city' | 'say'>,
  unit: Unit,
  locked: LockedCall,
  { id, rings_until: until }: LegRow,
): Promise<void> {
  if (!until || until > unit.now) return;
  await keepOwnFacts(unit, locked.call.id, [{ kind: 'unreached', legId: id, reason: 'no_answer' }]);
  await followFacts(parts, unit, locked);
}

/** The citizen has held on for whoever was lost: they go back to the head of their queue. */
async function notBack(unit: Unit, { call, ticket, legs }: LockedCall, leg: LegRow): Promise<void> {
  const isDue = leg.left_at && addSeconds(leg.left_at, REJOIN_SECONDS) <= unit.now;
  const isAlone = !legs.some((other) => isLive(other) && other.role !== 'citizen' && other.role !== 'supervisor');
  if (!isDue || !isAlone || call.stage !== 'connecting' || ticket.state !== 'assigned') return;
  await giveBack(unit, ticket, call.id, 'operator_lost');
  await changeCall(unit, call, { stage: 'queue' });
  unit.enqueue('tickets.arrange_call', { callId: call.id });
}
