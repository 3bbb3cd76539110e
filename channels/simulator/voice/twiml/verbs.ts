/** What a document tells a call to do, read and with Twilio's defaults filled in. Addresses are whole URLs. */
export interface Endpoint {
  url: string;
  method: 'GET' | 'POST';
}

export interface Reports<Event extends string = string> extends Endpoint {
  events: readonly Event[];
}

export interface Say {
  verb: 'Say';
  text: string;
  language: string;
  voice: string;
  /** 0: without end. */
  loop: number;
}

export interface Play {
  verb: 'Play';
  url: string | null;
  digits: string | null;
  loop: number;
}

export interface Pause {
  verb: 'Pause';
  seconds: number;
}

export interface Gather {
  verb: 'Gather';
  action: Endpoint;
  dtmf: boolean;
  speech: boolean;
  language: string;
  timeout: number;
  speechTimeout: number | 'auto';
  /** Empty: none. */
  finishOnKey: string;
  numDigits: number | null;
  actionOnEmptyResult: boolean;
  bargeIn: boolean;
  hints: string[];
  prompts: Prompt[];
}

export interface Record {
  verb: 'Record';
  action: Endpoint;
  timeout: number;
  maxLength: number;
  finishOnKey: string;
  playBeep: boolean;
  reports: Reports | null;
}

export interface Redirect {
  verb: 'Redirect';
  to: Endpoint;
}

export interface Enqueue {
  verb: 'Enqueue';
  queue: string;
  action: Endpoint | null;
  wait: Endpoint | null;
}

export const callEvents = ['initiated', 'ringing', 'answered', 'completed'] as const;
export type CallEvent = (typeof callEvents)[number];

export interface DialledNumber {
  noun: 'Number' | 'Client';
  /** E.164, or the identity of a client. */
  to: string;
  reports: Reports<CallEvent> | null;
  /** Runs at the called end before they are joined. */
  whisper: Endpoint | null;
}

export type ConferenceEvent = 'start' | 'end' | 'join' | 'leave' | 'mute' | 'hold' | 'modify';

export interface JoinConference {
  noun: 'Conference';
  name: string;
  label: string | null;
  muted: boolean;
  beep: 'true' | 'false' | 'onEnter' | 'onExit';
  startOnEnter: boolean;
  endOnExit: boolean;
  /** Null: the provider's music; an empty URL: silence. */
  wait: Endpoint | null;
  coach: string | null;
  mostParticipants: number;
  record: boolean;
  reports: Reports | null;
  recordingReports: Reports | null;
}

export interface Dial {
  verb: 'Dial';
  action: Endpoint | null;
  callerId: string | null;
  timeout: number;
  timeLimit: number;
  hangupOnStar: boolean;
  to: DialledNumber[] | JoinConference;
}

export type Verb =
  | Say
  | Play
  | Pause
  | Gather
  | Record
  | Redirect
  | Enqueue
  | Dial
  | { verb: 'Hangup' | 'Leave' }
  | { verb: 'Reject'; reason: 'rejected' | 'busy' };
export type Prompt = Say | Play | Pause;

export const roomEvents = [
  'start',
  'end',
  'join',
  'leave',
  'mute',
  'hold',
  'modify',
  'speaker',
  'announcement',
] as const;
export const recordingEvents = ['in-progress', 'completed', 'absent'] as const;
