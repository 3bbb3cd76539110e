import type { AppContext } from '../context.ts';
import type { LineAnswer, VoiceLine } from '../contract/voice.ts';
import { dialCitizen } from './dial-citizen.ts';
import { type CallRow, isCompany, isLive, type LegRow, legsOf, refOf } from './find-call.ts';
import { factsOf } from './keep-facts.ts';
import { presentLeg } from './present-call.ts';
import type { StoredFact } from './stored-fact.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'lines' | 'city' | 'say' | 'log'>;

/** A call that changes faster than its line can follow is left to the next job. */
const ROUNDS = 5;
/** One at a time for each call: of two orders that cross, the older one must not come last. */
const underWay = new Map<string, Promise<void>>();

/**
 * Brings a call at its line to how it stands here: who is in the room, on hold, heard by whom, recorded; rung off when
 * it is over. May come twice, late or never. @throws when the line could not, so that it is tried again
 */
export function arrangeCall(parts: Parts, callId: string): Promise<void> {
  const before = underWay.get(callId) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(() => follow(parts, callId));
  underWay.set(callId, mine);
  return mine.finally(() => {
    if (underWay.get(callId) === mine) underWay.delete(callId);
  });
}

async function follow(parts: Parts, callId: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const version = await bring(parts, callId);
    if (version === null) return;
    const now = await parts.database.db
      .selectFrom('call')
      .select('version')
      .where('id', '=', callId)
      .executeTakeFirstOrThrow();
    if (now.version === version) return;
  }
}

/** @returns the version that the line has now; null when it needs no order any more */
async function bring(parts: Parts, callId: string): Promise<number | null> {
  const { db } = parts.database;
  const call = await db.selectFrom('call').selectAll().where('id', '=', callId).executeTakeFirst();
  const line = call && parts.lines.get(call.channel_account_id);
  if (!call || !line) return null;
  const [legs, facts] = await Promise.all([legsOf(db, callId), factsOf(db, callId)]);
  const told = (leg: LegRow) =>
    facts.some(({ own, kind, legId }) => !own && legId === leg.id && (kind === 'left' || kind === 'unreached'));
  const orders = call.ended_at ? ringOff(line, call, legs, facts, told) : hold(line, call, legs, told);
  let failure: string | null = null;
  for (const order of orders) {
    const answer = await order();
    if (answer.outcome === 'failed') failure ??= answer.reason;
    // The citizen's end is gone: nobody need wait for the line to say so by itself.
    if (answer.outcome === 'gone' && !call.ended_at) await lookSoon(parts, callId);
  }
  if (failure) throw new Error(`A line did not follow: ${failure}`);
  if (!call.ended_at) await dialCitizen(parts, line, call, legs);
  return call.version;
}

type Order = () => Promise<LineAnswer>;

/** Everybody hangs up whom the line has not said to be gone. */
function ringOff(
  line: VoiceLine,
  call: CallRow,
  legs: readonly LegRow[],
  facts: readonly StoredFact[],
  told: (leg: LegRow) => boolean,
): Order[] {
  const isOver = facts.some(({ kind, own }) => kind === 'ended' && !own);
  const ref = refOf(call);
  const others = legs.filter((leg) => leg.role !== 'citizen' && !told(leg));
  return [
    ...(isOver || !call.provider_call_id ? [] : [() => line.hangUp(ref, call.id)]),
    ...others.map((leg) => () => line.hangUp(ref, leg.id)),
  ];
}

function hold(line: VoiceLine, call: CallRow, legs: readonly LegRow[], told: (leg: LegRow) => boolean): Order[] {
  const ref = refOf(call);
  const live = legs.filter(isLive);
  const orders: Order[] = legs
    .filter((leg) => leg.role !== 'citizen' && !isLive(leg) && !told(leg))
    .map((leg) => () => line.hangUp(ref, leg.id));
  if (isElsewhere(call, live)) orders.push(() => line.recall(ref));
  if (live.some(({ state }) => state === 'joined')) orders.push(() => line.arrange(ref, live.map(presentLeg)));
  if (call.answered_at && call.recording !== 'no') {
    const to = call.recording === 'protected' ? 'off' : call.stage === 'room' ? call.recording : 'paused';
    orders.push(() => line.record(ref, to));
  }
  return orders;
}

/** The citizen's end was given something else to do than it should: it is to ask again. */
function isElsewhere(call: CallRow, live: readonly LegRow[]): boolean {
  if (!call.provider_call_id || !call.last_steps) return false;
  const given = call.last_steps.at(-1)?.do;
  if (call.transfer_to) return given !== 'dial';
  const isAnybody = live.some((leg) => leg.state === 'joined' && isCompany(leg));
  return isAnybody ? given !== 'join' : given === 'join';
}

async function lookSoon({ unitOfWork }: Parts, callId: string): Promise<void> {
  await unitOfWork(async (unit) => {
    await unit.tx
      .updateTable('call')
      .set({ look_at: unit.now })
      .where('id', '=', callId)
      .where('ended_at', 'is', null)
      .execute();
  });
}
