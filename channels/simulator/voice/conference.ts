import type { TwilioAccount } from '../twilio/twilio-account.ts';
import type { Room, VoiceCall } from './call.ts';
import type { Endpoint, JoinConference, Reports } from './twiml/verbs.ts';

export interface Participant {
  call: VoiceCall;
  label: string | null;
  /** Of the way into the conference. */
  status: 'queued' | 'connected' | 'complete';
  muted: boolean;
  hold: boolean;
  /** What whoever is on hold hears; null: the provider's music. */
  holdOn: Endpoint | null;
  waitOn: Endpoint | null;
  startOnEnter: boolean;
  endOnExit: boolean;
  coaching: boolean;
  /** The call that alone hears them. */
  coach: string | null;
  beep: JoinConference['beep'];
  createdAt: Date;
  updatedAt: Date;
  /** Music, while there is any. */
  tune: AbortController | null;
  /** Carries out a document in their ear. */
  listen: (to: Endpoint | null, signal: AbortSignal) => Promise<unknown>;
  /** Sends them out. */
  release: (how: 'kicked' | 'ended') => void;
}

export type EndReason =
  | 'conference-ended-via-api'
  | 'participant-with-end-conference-on-exit-left'
  | 'participant-with-end-conference-on-exit-kicked'
  | 'last-participant-kicked'
  | 'last-participant-left';

export interface Conference extends Room {
  sid: string;
  account: TwilioAccount;
  name: string;
  status: 'init' | 'in-progress' | 'completed';
  createdAt: Date;
  updatedAt: Date;
  /** By the SID of their call; those too who are being called. */
  participants: Map<string, Participant>;
  /** Of the first who came; those of others are overlooked. */
  reports: Reports | null;
  recordingReports: Reports | null;
  isRecorded: boolean;
  sequence: number;
  reason: EndReason | null;
  endedBy: string | null;
}

/** How somebody takes part. */
export type Entrance = Omit<JoinConference, 'noun' | 'name'>;
