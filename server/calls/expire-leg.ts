import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type LockedCall, lockCall } from './change-call.ts';
import { type LegRow, lostHolder } from './find-call.ts';
import { followFacts } from './follow-facts.ts';
import { goOnWithout } from './go-on-without.ts';
import { keepOwnFacts } from './keep-facts.ts';
import { lockPeople } from './lock-people.ts';
import { REJOIN_SECONDS } from './who-went.ts';

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
    await lockPeople(unit, found.call_id);
    const locked = await lockCall(unit, found.call_id);
    const leg = locked.legs.find(({ id }) => id === legId);
    if (!leg || locked.call.ended_at) return;
    if (leg.state === 'ringing') return notAnswered(parts, unit, locked, leg);
    if (leg.state === 'left') return notBack(parts, unit, locked, leg);
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

/** Time is up for whoever was lost. */
async function notBack(parts: Pick<Parts, 'city'>, unit: Unit, locked: LockedCall, leg: LegRow): Promise<void> {
  const { stage } = locked.call;
  const lost = lostHolder(locked);
  const isDue = lost?.left_at && addSeconds(lost.left_at, REJOIN_SECONDS) <= unit.now;
  // One who has held the contact before may be about to be rung again: that is another time.
  if (lost?.id !== leg.id || !isDue || (stage !== 'connecting' && stage !== 'room')) return;
  await goOnWithout(unit, parts, locked, lost, 'operator_lost');
}
