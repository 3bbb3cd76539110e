import { addSeconds } from '../clock.ts';
import { citizenActor, recordEvent } from '../conversations/change-ticket.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type CallParts, changeLeg, type LockedCall, takeOff } from './change-call.ts';
import type { CallRow, LegRow } from './find-call.ts';
import type { CallRecord } from './fold-call.ts';
import type { OwnFact } from './stored-fact.ts';

/** What follows for a call from who came onto it, or went. */
export interface Consequences {
  call: Partial<Pick<CallRow, 'stage' | 'recording'>>;
  facts: OwnFact[];
}

/** Where a locked call is now that these are on the line. */
export async function whoCame(
  { city }: CallParts,
  unit: Unit,
  { call, ticket, legs }: LockedCall,
  came: readonly LegRow[],
): Promise<Consequences> {
  const facts: OwnFact[] = [];
  let stage: Consequences['call'] = {};
  for (const leg of came) {
    if (leg.role === 'citizen') {
      stage = { stage: 'room' };
    } else if (leg.role === 'operator') {
      if (ticket.state !== 'assigned' || ticket.operator_id !== leg.operator_id) {
        // They answered a call that is somebody else's by now.
        facts.push(...(await takeOff(unit, [leg])));
      } else if (call.direction === 'out' && !call.provider_call_id) {
        const citizen = legs.find(({ role }) => role === 'citizen');
        const until = addSeconds(unit.now, city.calls.ringSeconds);
        if (citizen) await changeLeg(unit, citizen, { state: 'ringing', rings_until: until });
        stage = { stage: 'dialling' };
      } else if (call.stage !== 'dialling') stage = { stage: 'room' };
    }
  }
  const records = stage.stage === 'room' && call.recording === 'no' && city.calls.recording.on && !ticket.protected;
  return { call: { ...stage, ...(records ? { recording: 'on' as const } : {}) }, facts };
}

/** Writes down that citizen and operator have met for the first time, and how long that took. */
export async function tellAnswered(
  unit: Unit,
  { call, ticket, legs }: LockedCall,
  { stages }: CallRecord,
  answeredAt: Date,
): Promise<void> {
  const operator = legs.find((leg) => leg.state === 'joined' && leg.role === 'operator');
  const waitMs = stages
    .filter(({ stage }) => stage === 'queue' || stage === 'connecting' || stage === 'room')
    .reduce((sum, { from, to }) => {
      const until = Math.min(to?.getTime() ?? Number.POSITIVE_INFINITY, answeredAt.getTime());
      return sum + Math.max(0, until - from.getTime());
    }, 0);
  await recordEvent(unit, ticket, {
    type: 'call_answered',
    actor: operator ? { type: 'operator', id: operator.operator_id, name: operator.name } : citizenActor(ticket),
    data: { callId: call.id, waitMs },
  });
}
