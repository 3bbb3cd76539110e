import type { CallFact } from '../../../server/contract/voice.ts';
import type { WebhookForm } from '../../twilio/webhook-form.ts';

type What = CallFact['what'];
type Ended = Extract<What, { kind: 'ended' }>['reason'];
type Unreached = Extract<What, { kind: 'unreached' }>['reason'];

/**
 * Twilio's clock has whole seconds: within one, a telephone rings before somebody is in the room, and they leave it
 * before their call is over.
 */
const ORDER = { ringing: 0, room: 1_000, over: 1_000_000, ended: 2_000_000, recording: 3_000_000 } as const;

const ENDED: Record<string, Ended> = {
  completed: 'completed',
  busy: 'busy',
  'no-answer': 'no_answer',
  canceled: 'cancelled',
  failed: 'failed',
};
const UNREACHED: Record<string, Unreached> = {
  busy: 'busy',
  'no-answer': 'no_answer',
  canceled: 'no_answer',
  failed: 'failed',
};

/** Whether a call is over in Twilio's words. */
export const isOver = (status: string | undefined): boolean => status !== undefined && status in ENDED;

/** The citizen's end is over. */
export function endedFact(status: string, at: Date, code?: string): CallFact {
  const what = { kind: 'ended', reason: ENDED[status] ?? 'completed', ...(code ? { code } : {}) } as const;
  return { key: 'ended', at, order: ORDER.ended, what };
}

/** Somebody's telephone rings. */
export const ringingFact = (legId: string, at: Date): CallFact => ({
  key: `ringing:${legId}`,
  at,
  order: ORDER.ringing,
  what: { kind: 'ringing', legId },
});

/**
 * The telephone of somebody whom we rang is no longer on this call.
 * @param isBrowser an operator's browser says «busy» when they decline
 */
export function overFact(legId: string, status: string, isBrowser: boolean, at: Date): CallFact {
  const reason = UNREACHED[status];
  if (!reason) return { key: `over:${legId}`, at, order: ORDER.over, what: { kind: 'left', legId } };
  const what = { kind: 'unreached', legId, reason: isBrowser && reason === 'busy' ? 'declined' : reason } as const;
  return { key: `unreached:${legId}`, at, order: ORDER.over, what };
}

/** Somebody is in the room: whom we rang come once, the citizen as often as they are passed on. */
export const joinedFact = (legId: string, at: Date, sequence: number, visit: string | null): CallFact => ({
  key: visit ? `joined:${legId}:${visit}` : `joined:${legId}`,
  at,
  order: ORDER.room + sequence,
  what: { kind: 'joined', legId },
});

export const recordingFact = (sid: string, startedAt: Date, milliseconds: number): CallFact => ({
  key: `recording:${sid}`,
  at: startedAt,
  order: ORDER.recording,
  what: { kind: 'recording', source: { sid }, startedAt, milliseconds },
});

/** What happened to a call that we made or took, or to a telephone that we rang into it. */
export function factsOfStatus(form: WebhookForm, legId: string | null, callId: string | null, now: Date): CallFact[] {
  const { CallStatus: status = '', ErrorCode } = form;
  const at = timeOf(form.Timestamp, now);
  const ringing = legId ?? callId;
  if (status === 'ringing') return ringing ? [ringingFact(ringing, at)] : [];
  if (!isOver(status)) return [];
  return legId
    ? [overFact(legId, status, (form.To ?? '').startsWith('client:'), at)]
    : [endedFact(status, at, ErrorCode || form.SipResponseCode || undefined)];
}

/** What happened in the room. People in it are known by their label, which is the id of their leg. */
export function factsOfRoom(form: WebhookForm, callId: string, now: Date): CallFact[] {
  const { StatusCallbackEvent: event, ParticipantLabel: legId, ConferenceSid = '', SequenceNumber } = form;
  if (!legId) return [];
  const at = timeOf(form.Timestamp, now);
  const sequence = Number(SequenceNumber) || 0;
  const visit = `${ConferenceSid}:${sequence}`;
  switch (event) {
    case 'participant-join':
      return [joinedFact(legId, at, sequence, legId === callId ? visit : null)];
    case 'participant-leave': {
      // Who never came is told of by the status of their call.
      if (form.ReasonParticipantLeft === 'participant_add_failed') return [];
      const key = legId === callId ? `left:${legId}:${visit}` : `left:${legId}`;
      return [{ key, at, order: ORDER.room + sequence, what: { kind: 'left', legId } }];
    }
    case 'participant-hold':
      return [{ key: `held:${visit}`, at, order: ORDER.room + sequence, what: { kind: 'held', legId } }];
    case 'participant-unhold':
      return [{ key: `resumed:${visit}`, at, order: ORDER.room + sequence, what: { kind: 'resumed', legId } }];
    default:
      return [];
  }
}

/** A recording is there to be fetched. */
export function factsOfRecording(form: WebhookForm, now: Date): CallFact[] {
  const { RecordingSid: sid, RecordingStatus: status, RecordingDuration, RecordingStartTime } = form;
  if (!sid || status !== 'completed') return [];
  const milliseconds = Math.round((Number(RecordingDuration) || 0) * 1_000);
  return [recordingFact(sid, timeOf(RecordingStartTime, new Date(now.getTime() - milliseconds)), milliseconds)];
}

/** @param text RFC 2822, as Twilio writes times */
function timeOf(text: string | undefined, otherwise: Date): Date {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? otherwise : at;
}
