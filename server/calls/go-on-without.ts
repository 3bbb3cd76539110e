import { systemActor } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type CallParts, changeCall, changeLeg, type LockedCall, takeOff } from './change-call.ts';
import { isCompany, type LegRow } from './find-call.ts';
import { giveBack } from './give-back.ts';
import { passOn } from './pass-on.ts';

/**
 * Whoever held a locked call is gone from it for good. Somebody who talks with the citizen goes on with them; else
 * everybody is taken off, and the citizen, told why, waits at the head of their queue. Operators of the call must be
 * locked.
 * @param lost the leg by which they were on the line
 */
export async function goOnWithout(
  unit: Unit,
  parts: Pick<CallParts, 'city'>,
  locked: LockedCall,
  lost: LegRow,
  reason: 'operator_lost' | 'operator_left',
): Promise<void> {
  const { call, ticket, legs } = locked;
  const citizen = legs.find(({ role }) => role === 'citizen');
  const heir = whoTalks(legs, citizen?.held ?? false);
  const leaving = legs.filter(({ role }) => role !== 'citizen' && !(heir && role === 'supervisor'));
  const facts = await takeOff(
    unit,
    leaving.filter((leg) => leg.id !== heir?.id),
  );
  if (citizen?.held) {
    await changeLeg(unit, citizen, { held: false });
    facts.push({ kind: 'resumed', legId: citizen.id });
  }
  if (heir) {
    return passOn(unit, parts, locked, { from: lost, to: heir, actor: systemActor, how: 'operator_lost' }, facts);
  }
  await changeCall(unit, call, { stage: 'queue' }, facts);
  if (ticket.state === 'assigned') await giveBack(unit, ticket, call.id, reason);
  unit.enqueue('tickets.arrange_call', { callId: call.id });
}

/** Of those on the line, whom the citizen hears: nobody who is asked for advice while they are on hold. */
function whoTalks(legs: readonly LegRow[], held: boolean): LegRow | undefined {
  const there = legs.filter((leg) => leg.state === 'joined' && isCompany(leg));
  return (held ? undefined : there.find(({ role }) => role !== 'supervisor')) ?? there.find(isSupervisor);
}

const isSupervisor = ({ role }: LegRow): boolean => role === 'supervisor';
