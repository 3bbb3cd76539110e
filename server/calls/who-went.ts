import { addSeconds } from '../clock.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { changeLeg, type LockedCall } from './change-call.ts';
import { isCitys, isCompany, type LegRow, lostHolder } from './find-call.ts';
import type { CallRecord } from './fold-call.ts';
import { giveBack } from './give-back.ts';
import type { Consequences } from './who-came.ts';

/** How long an operator whose browser was lost may come back to their call: a page is reloaded sooner. */
export const REJOIN_SECONDS = 15;

interface Losses extends Consequences {
  /** The call ends with who went. */
  over: 'completed' | 'cancelled' | null;
}

/**
 * What becomes of a locked call that these have gone from. Whoever held it may come back for a while; what happens when
 * they do not is `goOnWithout`'s.
 * @param failed legs that their line could not ring
 */
export async function whoWent(
  unit: Unit,
  { call, ticket, legs }: LockedCall,
  { answeredAt }: Pick<CallRecord, 'answeredAt'>,
  went: readonly LegRow[],
  failed: ReadonlySet<string>,
): Promise<Losses> {
  const nothing: Losses = { call: {}, facts: [], over: null };
  const lost = lostHolder({ call, ticket, legs });
  if (lost && went.some(({ role }) => role === 'operator')) {
    unit.enqueue('tickets.leg_expired', { legId: lost.id }, addSeconds(lost.left_at ?? unit.now, REJOIN_SECONDS));
  }
  if (went.length === 0 || legs.some(isCompany)) return nothing;
  const outside = went.find(({ role }) => role === 'outside');
  if (outside?.state === 'left' && !lost) return { ...nothing, over: 'completed' };
  const operator = went.findLast(isCitys);
  if (!operator && !outside) return nothing;
  if (call.direction === 'out' && (call.stage === 'connecting' || call.stage === 'dialling') && !answeredAt) {
    return { ...nothing, over: 'cancelled' };
  }
  if (ticket.state !== 'assigned') return nothing;
  const citizen = legs.find(({ role }) => role === 'citizen');
  const facts: Consequences['facts'] = citizen?.held ? [{ kind: 'resumed', legId: citizen.id }] : [];
  if (citizen?.held) await changeLeg(unit, citizen, { held: false });
  const unanswered = went.find(({ role, state }) => role === 'operator' && state === 'unreached');
  if (lost && !unanswered) return { ...nothing, call: { stage: 'connecting' }, facts };
  const hasFailed = operator !== undefined && failed.has(operator.id);
  if (lost) await giveBack(unit, ticket, call.id, 'operator_lost', { isAway: !hasFailed });
  else await giveBack(unit, ticket, call.id, hasFailed ? 'line_failed' : 'not_answered');
  return { ...nothing, call: { stage: 'queue' }, facts };
}
