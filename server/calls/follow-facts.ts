import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import { citizenActor, recordEvent } from '../conversations/change-ticket.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { afterCall } from './after-call.ts';
import { type CallParts, changeCall, changeLeg, type LockedCall, takeOff } from './change-call.ts';
import { type CallRow, isCitys, isLive, type LegRow } from './find-call.ts';
import { type CallRecord, foldCall } from './fold-call.ts';
import { giveBack } from './give-back.ts';
import { factsOf, keepOwnFacts } from './keep-facts.ts';
import type { OwnFact } from './stored-fact.ts';

/** How long an operator whose browser was lost may come back to their call: a page is reloaded sooner. */
export const REJOIN_SECONDS = 15;

/**
 * Brings a locked call, its people and its contact to what is known of it. Run after facts were stored, however many
 * and in whichever order; run again, it changes nothing.
 */
export async function followFacts(parts: CallParts, unit: Unit, locked: LockedCall): Promise<void> {
  const { call, ticket } = locked;
  const facts = await factsOf(unit.tx, call.id);
  const beginning = { startedAt: call.started_at, direction: call.direction, spoke: await spoke(unit, ticket.id) };
  const record = foldCall(beginning, locked.legs, facts);
  const { legs, came, went } = await bringLegs(unit, locked.legs, record);
  if (record.endedAt) return end(parts, unit, { ...locked, legs }, record, came.length + went.length > 0);

  const here: Here = { ...locked, legs, record };
  const citizen = went.find(({ role, state }) => role === 'citizen' && state === 'unreached');
  if (citizen) return over(parts, unit, here, 'no_answer');
  const change = await whoCame(parts, unit, here, came);
  const failed = new Set(facts.flatMap(({ legId, data }) => (data.reason === 'failed' ? (legId ?? []) : [])));
  const lost = await whoWent(unit, here, went, failed);
  if (lost.over) return over(parts, unit, here, lost.over);
  const answered = record.answeredAt && !call.answered_at ? { answered_at: record.answeredAt } : {};
  if (record.answeredAt && !call.answered_at) await tellAnswered(unit, here, record.answeredAt);
  await changeCall(unit, call, { ...answered, ...change.call, ...lost.call }, [...change.facts, ...lost.facts]);
  unit.enqueue('tickets.arrange_call', { callId: call.id });
}

interface Here extends LockedCall {
  record: CallRecord;
}

interface Consequences {
  call: Partial<Pick<CallRow, 'stage' | 'recording'>>;
  facts: OwnFact[];
}

async function spoke(unit: Unit, ticketId: string): Promise<boolean> {
  const said = await unit.tx
    .selectFrom('message')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('direction', '=', 'in')
    .limit(1)
    .executeTakeFirst();
  return said !== undefined;
}

/** @returns everybody as they are now, and who came and went by it */
async function bringLegs(unit: Unit, before: readonly LegRow[], record: CallRecord) {
  const legs: LegRow[] = [];
  const came: LegRow[] = [];
  const went: LegRow[] = [];
  for (const leg of before) {
    const known = record.legs.get(leg.id);
    const change = known && { state: known.state, joined_at: known.joinedAt, left_at: known.leftAt };
    const isSame =
      !change || isDeepStrictEqual(change, { state: leg.state, joined_at: leg.joined_at, left_at: leg.left_at });
    const now = isSame ? leg : await changeLeg(unit, leg, change);
    legs.push(now);
    if (now.state === 'joined' && leg.state !== 'joined') came.push(now);
    if (isLive(leg) && !isLive(now)) went.push(now);
  }
  return { legs, came, went };
}

/** The call is over by what somebody did or did not. */
async function over(
  parts: CallParts,
  unit: Unit,
  locked: LockedCall,
  reason: Extract<OwnFact, { kind: 'ended' }>['reason'],
): Promise<void> {
  await keepOwnFacts(unit, locked.call.id, [{ kind: 'ended', reason }]);
  return followFacts(parts, unit, locked);
}

async function whoCame(
  { city }: CallParts,
  unit: Unit,
  { call, ticket, legs }: Here,
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

async function whoWent(
  unit: Unit,
  { call, ticket, legs, record }: Here,
  went: readonly LegRow[],
  failed: ReadonlySet<string>,
): Promise<Consequences & { over: 'completed' | 'cancelled' | null }> {
  const nothing = { call: {}, facts: [], over: null };
  if (went.length === 0 || legs.some((leg) => isLive(leg) && leg.role !== 'citizen' && leg.role !== 'supervisor')) {
    return nothing;
  }
  const citizen = legs.find(({ role }) => role === 'citizen');
  const outside = went.find(({ role }) => role === 'outside');
  if (outside?.state === 'left') return { ...nothing, over: 'completed' };
  const operator = went.findLast(isCitys);
  if (!operator && !outside) return nothing;
  if (call.direction === 'out' && (call.stage === 'connecting' || call.stage === 'dialling') && !record.answeredAt) {
    return { ...nothing, over: 'cancelled' };
  }
  if (ticket.state !== 'assigned') return nothing;
  const facts: OwnFact[] = citizen?.held ? [{ kind: 'resumed', legId: citizen.id }] : [];
  if (citizen?.held) await changeLeg(unit, citizen, { held: false });
  if (operator?.state === 'left' && operator.joined_at) {
    unit.enqueue('tickets.leg_expired', { legId: operator.id }, addSeconds(unit.now, REJOIN_SECONDS));
    return { call: { stage: 'connecting' }, facts, over: null };
  }
  const reason = operator && failed.has(operator.id) ? 'line_failed' : 'not_answered';
  await giveBack(unit, ticket, call.id, outside ? 'transfer_failed' : reason);
  return { call: { stage: 'queue' }, facts, over: null };
}

async function tellAnswered(unit: Unit, { call, ticket, legs, record }: Here, answeredAt: Date): Promise<void> {
  const operator = legs.find((leg) => leg.state === 'joined' && leg.role === 'operator');
  const waitMs = record.stages
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

/** What is told later of a call that is over makes its record exact; what it led to stays. */
async function end(
  parts: CallParts,
  unit: Unit,
  locked: LockedCall,
  record: CallRecord,
  legsChanged: boolean,
): Promise<void> {
  const { call, ticket } = locked;
  const result = {
    ended_at: record.endedAt,
    answered_at: record.answeredAt,
    outcome: record.outcome,
    abandoned_in: record.abandonedIn,
    times: record.times,
  };
  const { ended_at, answered_at, outcome, abandoned_in, times } = call;
  const isSame = isDeepStrictEqual(result, { ended_at, answered_at, outcome, abandoned_in, times });
  if (isSame && !legsChanged) return;
  const ended = await changeCall(unit, call, { ...result, times: json(record.times), stage: 'ended', look_at: null });
  const data = { callId: call.id, outcome: record.outcome, abandonedIn: record.abandonedIn, times: record.times };
  if (call.ended_at) {
    await unit.tx
      .updateTable('ticket_event')
      .set({ data: json(data) })
      .where('ticket_id', '=', ticket.id)
      .where('type', '=', 'call_ended')
      .where(sql<boolean>`data->>'callId' = ${call.id}`)
      .execute();
    return;
  }
  await recordEvent(unit, ticket, { type: 'call_ended', actor: citizenActor(ticket), data });
  await afterCall(
    parts,
    unit,
    { ...locked, call: ended },
    record.stages.some(({ stage }) => stage === 'dialling'),
  );
  // Whoever still hangs on at the line is rung off, and its recording ends.
  unit.enqueue('tickets.arrange_call', { callId: call.id });
}
