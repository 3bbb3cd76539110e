import { v7 as uuid } from 'uuid';
import type { AppContext } from '../context.ts';
import type { CallFact, CallRef } from '../contract/voice.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { lockCall } from './change-call.ts';
import { findCall } from './find-call.ts';
import { followFacts } from './follow-facts.ts';
import { keepFacts } from './keep-facts.ts';

type Parts = Pick<AppContext, 'unitOfWork' | 'database' | 'say' | 'city'>;

/**
 * Something happened on a call: stored, and the call with its people and its contact brought to what is known of it.
 * Once in effect, in whichever order and however often it is told; of unknown calls nothing is kept.
 */
export async function reportFacts(
  parts: Parts,
  ref: Pick<CallRef, 'accountId' | 'providerCallId'>,
  facts: readonly CallFact[],
): Promise<void> {
  const callId = facts.length > 0 ? await findCall(parts.database.db, ref) : null;
  if (!callId) return;
  await parts.unitOfWork(async (unit) => {
    const locked = await lockCall(unit, callId);
    const fresh = await keepFacts(unit, callId, facts);
    if (fresh.length === 0) return;
    await keepRecordings(unit, callId, fresh);
    await followFacts(parts, unit, locked);
  });
}

async function keepRecordings(unit: Unit, callId: string, facts: readonly CallFact[]): Promise<void> {
  for (const { key, what } of facts) {
    if (what.kind !== 'recording') continue;
    const id = uuid();
    await unit.tx
      .insertInto('call_recording')
      .values({
        id,
        call_id: callId,
        kind: 'call',
        state: 'arriving',
        key,
        source: json(what.source),
        attachment_id: null,
        started_at: what.startedAt,
        milliseconds: what.milliseconds,
        transcript: null,
        tries: 0,
        next_at: unit.now,
        erase_after: null,
        erased_at: null,
        created_at: unit.now,
      })
      .execute();
    unit.enqueue('media.recording', { recordingId: id });
  }
}
