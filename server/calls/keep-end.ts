import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { citizenActor, recordEvent } from '../conversations/change-ticket.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { afterCall } from './after-call.ts';
import { type CallParts, changeCall, type LockedCall } from './change-call.ts';
import type { CallRecord } from './fold-call.ts';

/** Keeps what a locked call came to. What is told later of one that is over makes its record exact; what it led to stays. */
export async function keepEnd(
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
