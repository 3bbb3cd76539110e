import { isDeepStrictEqual } from 'node:util';
import type { Unit } from '../database/unit-of-work.ts';
import { type CallParts, changeCall, changeLeg, type LockedCall } from './change-call.ts';
import { isLive, type LegRow } from './find-call.ts';
import { type CallRecord, foldCall } from './fold-call.ts';
import { keepEnd } from './keep-end.ts';
import { factsOf, keepOwnFacts } from './keep-facts.ts';
import type { OwnFact } from './stored-fact.ts';
import { tellAnswered, whoCame } from './who-came.ts';
import { whoWent } from './who-went.ts';

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
  if (record.endedAt) return keepEnd(parts, unit, { ...locked, legs }, record, came.length + went.length > 0);

  const here: LockedCall = { ...locked, legs };
  const citizen = went.find(({ role, state }) => role === 'citizen' && state === 'unreached');
  if (citizen) return over(parts, unit, here, 'no_answer');
  const change = await whoCame(parts, unit, here, came);
  const failed = new Set(facts.flatMap(({ legId, data }) => (data.reason === 'failed' ? (legId ?? []) : [])));
  const lost = await whoWent(unit, here, record, went, failed);
  if (lost.over) return over(parts, unit, here, lost.over);
  const answered = record.answeredAt && !call.answered_at ? { answered_at: record.answeredAt } : {};
  if (record.answeredAt && !call.answered_at) await tellAnswered(unit, here, record, record.answeredAt);
  await changeCall(unit, call, { ...answered, ...change.call, ...lost.call }, [...change.facts, ...lost.facts]);
  unit.enqueue('tickets.arrange_call', { callId: call.id });
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
