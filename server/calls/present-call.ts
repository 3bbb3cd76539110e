import type { Selectable } from 'kysely';
import type { Callback, CallLeg, CallRecording, CallView } from '../contract/call.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import { phoneOf } from '../contract/phone.ts';
import type { Db, Tables } from '../database/database.ts';
import type { CallRow, LegRow } from './find-call.ts';
import { linesOf } from './lines.ts';

type RecordingRow = Selectable<Tables['call_recording']> & { mime_type: string | null };

/** Calls as the console shows them, by the ids given, in their order. */
export async function presentCalls(db: Db, city: City, calls: readonly CallRow[]): Promise<CallView[]> {
  if (calls.length === 0) return [];
  const ids = calls.map(({ id }) => id);
  const [legs, recordings] = await Promise.all([
    db.selectFrom('call_leg').selectAll().where('call_id', 'in', ids).orderBy('created_at').orderBy('id').execute(),
    db
      .selectFrom('call_recording as r')
      .leftJoin('attachment as a', 'a.id', 'r.attachment_id')
      .selectAll('r')
      .select('a.mime_type')
      .where('r.call_id', 'in', ids)
      .orderBy('r.started_at')
      .orderBy('r.id')
      .execute(),
  ]);
  return calls.map((call) =>
    presentCall(
      city,
      call,
      legs.filter(({ call_id }) => call_id === call.id),
      recordings.filter(({ call_id }) => call_id === call.id),
    ),
  );
}

/** @throws AppError `not_found` */
export async function readCall(db: Db, city: City, callId: string): Promise<CallView> {
  const rows = await db.selectFrom('call').selectAll().where('id', '=', callId).execute();
  const [view] = await presentCalls(db, city, rows);
  if (!view) throw new AppError('not_found');
  return view;
}

function presentCall(
  city: City,
  call: CallRow,
  legs: readonly LegRow[],
  recordings: readonly RecordingRow[],
): CallView {
  const line = linesOf(city).find(({ id }) => id === call.channel_account_id);
  return {
    id: call.id,
    ticketId: call.ticket_id,
    conversationId: call.conversation_id,
    line: call.line,
    account: { id: call.channel_account_id, name: line?.name ?? call.channel_account_id, address: line?.address ?? '' },
    direction: call.direction,
    from: numberOnly(call.from_address),
    to: numberOnly(call.to_address),
    stage: call.stage,
    legs: legs.map(presentLeg),
    startedAt: call.started_at.toISOString(),
    answeredAt: call.answered_at?.toISOString() ?? null,
    endedAt: call.ended_at?.toISOString() ?? null,
    outcome: call.outcome,
    abandonedIn: call.abandoned_in,
    times: call.times,
    recording: call.recording,
    recordings: recordings.map(presentRecording),
    wrapUpUntil: call.wrapped_up_at ? null : (call.wrap_up_until?.toISOString() ?? null),
    version: call.version,
  };
}

/** Callers of the web have an address that is nobody's number, and those who withhold theirs one of ours. */
const numberOnly = (address: string | null): string | null => (address === null ? null : phoneOf(address));

export const presentLeg = (leg: LegRow): CallLeg => ({
  id: leg.id,
  role: leg.role,
  operatorId: leg.operator_id,
  name: leg.name,
  address: numberOnly(leg.address),
  state: leg.state,
  held: leg.held,
  silent: leg.silent,
  whispersTo: leg.whispers_to,
  joinedAt: leg.joined_at?.toISOString() ?? null,
  leftAt: leg.left_at?.toISOString() ?? null,
});

const presentRecording = (row: RecordingRow): CallRecording => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  startedAt: row.started_at.toISOString(),
  milliseconds: row.milliseconds,
  mimeType: row.mime_type,
  transcript: row.transcript,
  erasedAfter: row.erase_after?.toISOString() ?? null,
});

export const presentCallback = (row: Selectable<Tables['callback']>): Callback => ({
  phone: row.phone,
  why: row.why,
  wantedAt: row.wanted_at.toISOString(),
  tries: row.tries,
  lastTriedAt: row.last_tried_at?.toISOString() ?? null,
});
