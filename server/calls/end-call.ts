import type { Unit } from '../database/unit-of-work.ts';
import type { CallParts, LockedCall } from './change-call.ts';
import { followFacts } from './follow-facts.ts';
import { keepOwnFacts } from './keep-facts.ts';
import type { OwnFact } from './stored-fact.ts';

/**
 * Ends a locked call for everybody, by our own clock: it is over here at once, and at the line as soon as the line
 * hears of it. Nothing happens to one that is over.
 */
export async function endCall(
  parts: CallParts,
  unit: Unit,
  locked: LockedCall,
  ending: Omit<Extract<OwnFact, { kind: 'ended' }>, 'kind'> & {
    outcome?: Extract<OwnFact, { kind: 'outcome' }>['outcome'];
  },
): Promise<void> {
  if (locked.call.ended_at) return;
  await keepOwnFacts(unit, locked.call.id, [
    ...(ending.outcome ? [{ kind: 'outcome' as const, outcome: ending.outcome }] : []),
    { kind: 'ended', reason: ending.reason },
  ]);
  await followFacts(parts, unit, locked);
}
