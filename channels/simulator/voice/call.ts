import type { TwilioAccount } from '../twilio/twilio-account.ts';
import type { CallEvent, Endpoint, Reports } from './twiml/verbs.ts';

/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
export type CallStatus =
  | 'queued'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';
export type EndStatus = Exclude<CallStatus, 'queued' | 'ringing' | 'in-progress'>;

/** What somebody heard, or would have: told as words. */
export interface Caption {
  at: Date;
  /**
   * said: the city's words · voice: somebody else's in the same room · music · tone: rings and beeps · own: their own
   * words · key: keys that they pressed · lost: either, while nothing listened
   */
  kind: 'said' | 'voice' | 'music' | 'tone' | 'own' | 'key' | 'lost';
  text: string;
  language: string | null;
  /** Whose, of a voice. */
  from: string | null;
}

export type Input =
  | { kind: 'key'; key: string }
  /** It takes `seconds` to say. */
  | { kind: 'speech'; text: string; seconds: number; confidence: number };

/** Whose telephone is at the other end. */
export interface Handset {
  kind: 'person' | 'client';
  /** Of the person, or the client's identity. */
  id: string;
  name: string;
  /** Whether it can ring now; if not, what its network says. */
  reach(): 'rings' | 'busy' | 'silence' | 'unknown';
  rings?(call: VoiceCall): void;
  isOver?(call: VoiceCall): void;
}

/** Somebody who is heard by others. */
export interface RoomMember {
  /** Of their call. */
  sid: string;
  name: string;
  held: boolean;
  muted: boolean;
  /** The only one who hears them. */
  coachFor: string | null;
}

/** People who hear one another: a conference, or two who were joined. */
export interface Room {
  members(): RoomMember[];
}

export interface VoiceCall {
  readonly sid: string;
  /** The number of the city that it goes by. */
  readonly account: TwilioAccount;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial';
  readonly from: string;
  readonly to: string;
  readonly parentSid: string | null;
  readonly handset: Handset;
  /** What was sent along with a call to a client. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  updatedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  status: CallStatus;
  reports: Reports<CallEvent> | null;
  /** Of the next report. */
  sequence: number;
  /** Asked when a document cannot be had or carried out. */
  fallback: Endpoint | null;
  captions: Caption[];
  /** What it does now: told to stop, it does something else. */
  doing: AbortController | null;
  /** Who hears keys and words; the last alone. */
  listeners: ((input: Input) => void)[];
  room: Room | null;
  /** What is called off, or done, at its end. */
  atEnd: Set<() => void>;
}

export const isOver = ({ endedAt }: VoiceCall): boolean => endedAt !== null;

/** Whole seconds from the answer to the end, or to now. */
export function durationOf({ answeredAt, endedAt }: VoiceCall, now: Date): number {
  return answeredAt ? Math.round(((endedAt ?? now).getTime() - answeredAt.getTime()) / 1_000) : 0;
}

/** Who hears whom, as a conference mixes it. */
export function hears(listener: RoomMember, speaker: RoomMember): boolean {
  if (listener.sid === speaker.sid || listener.held || speaker.held) return false;
  if (speaker.coachFor) return speaker.coachFor === listener.sid;
  return !speaker.muted;
}
