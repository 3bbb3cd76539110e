import { v7 as uuid } from 'uuid';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { LegRole } from '../contract/call.ts';
import type { LineAnswer } from '../contract/voice.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { lockCall } from './change-call.ts';
import { type CallRow, type LegRow, refOf } from './find-call.ts';
import { followFacts } from './follow-facts.ts';
import { keepOwnFacts } from './keep-facts.ts';

export interface Somebody {
  role: Exclude<LegRole, 'citizen'>;
  operatorId: string | null;
  name: string | null;
  /** E.164 of a telephone outside. */
  number?: string;
  silent?: boolean;
  whispersTo?: string | null;
}

/** Somebody is to be called into a locked call. The line hears of it after commit, by `ringLeg`. */
export async function addLeg(
  unit: Unit,
  ringSeconds: number,
  call: Pick<CallRow, 'id'>,
  somebody: Somebody,
): Promise<LegRow> {
  const ringsUntil = addSeconds(unit.now, ringSeconds);
  const leg = await unit.tx
    .insertInto('call_leg')
    .values({
      id: uuid(),
      call_id: call.id,
      role: somebody.role,
      operator_id: somebody.operatorId,
      name: somebody.name,
      address: somebody.number ?? null,
      state: 'ringing',
      silent: somebody.silent ?? false,
      whispers_to: somebody.whispersTo ?? null,
      rings_until: ringsUntil,
      created_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.enqueue('tickets.leg_expired', { legId: leg.id }, ringsUntil);
  return leg;
}

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'lines' | 'city' | 'say' | 'log'>;

/**
 * Tells the line to call somebody into a call; again is the same call. When it cannot, they are not reached, and the
 * call goes on as if they had not answered.
 */
export async function ringLeg(parts: Parts, legId: string): Promise<void> {
  const { database, unitOfWork } = parts;
  const leg = await database.db.selectFrom('call_leg').selectAll().where('id', '=', legId).executeTakeFirst();
  if (leg?.state !== 'ringing' || leg.role === 'citizen') return;
  const call = await database.db.selectFrom('call').selectAll().where('id', '=', leg.call_id).executeTakeFirstOrThrow();
  if ((await ring(parts, call, leg, leg.role)).outcome !== 'failed') return;
  await unitOfWork(async (unit) => {
    const locked = await lockCall(unit, call.id);
    if (locked.legs.find(({ id }) => id === legId)?.state !== 'ringing') return;
    await keepOwnFacts(unit, call.id, [{ kind: 'unreached', legId, reason: 'failed' }]);
    await followFacts(parts, unit, locked);
  });
}

async function ring(
  { lines, city, log }: Parts,
  call: CallRow,
  leg: LegRow,
  role: Exclude<LegRole, 'citizen'>,
): Promise<LineAnswer> {
  const line = lines.get(call.channel_account_id);
  if (!line) return { outcome: 'failed', reason: 'no such line' };
  try {
    const answer = await line.ring(refOf(call), {
      legId: leg.id,
      role,
      operatorId: leg.operator_id,
      number: leg.address,
      ringSeconds: city.calls.ringSeconds,
      silent: leg.silent,
      whispersTo: leg.whispers_to,
    });
    if (answer.outcome === 'failed') log.warn({ callId: call.id, reason: answer.reason }, 'a line could not ring');
    return answer;
  } catch (error) {
    log.warn({ err: error, callId: call.id }, 'a line could not ring');
    return { outcome: 'failed', reason: 'fault' };
  }
}
