import type { TwilioAccount } from '../twilio/twilio-account.ts';
import type { CallStatus, EndStatus, Handset, VoiceCall } from './call.ts';
import type { Conferences } from './conferences.ts';
import type { Office } from './office.ts';
import type { Queues } from './queues.ts';
import type { Recordings } from './recordings.ts';
import type { CallEvent, Endpoint, Reports } from './twiml/verbs.ts';

/** Where a call's instructions come from. */
export type Source = { to: Endpoint; fields?: Record<string, string> } | { twiml: string };

/** A call that the telephone company is to make. */
export interface CallOrder {
  account: TwilioAccount;
  direction: Exclude<VoiceCall['direction'], 'inbound'>;
  from: string;
  /** E.164, or `client:` with an identity and what is sent along behind a `?`. */
  to: string;
  parentSid?: string;
  ringSeconds: number;
  reports?: Reports<CallEvent> | null;
  fallback?: Endpoint | null;
  /** Digits that are pressed once it is answered. */
  sendDigits?: string;
  timeLimit?: number;
  /** When it is answered. */
  answered(call: VoiceCall): void;
}

/** The emulated telephone company: its calls, and what brings them together. */
export interface Telephony {
  office: Office;
  /** The oldest go when there are too many that are over. */
  calls: Map<string, VoiceCall>;
  conferences: Conferences;
  queues: Queues;
  recordings: Recordings;
  /** Telephones that are no person's: those of operators, by identity. */
  clients: Map<string, Handset>;
  /** Somebody calls a number of the city. */
  receive(account: TwilioAccount, handset: Handset, from: string): VoiceCall;
  place(order: CallOrder): VoiceCall;
  /** It rings, and somebody picks up. */
  answer(call: VoiceCall): void;
  decline(call: VoiceCall): void;
  /** Whoever is at the other end puts it down. */
  hangUp(call: VoiceCall): void;
  end(call: VoiceCall, status: EndStatus): void;
  /** It does something else from now on. */
  redirect(call: VoiceCall, source: Source): void;
  /** Runs instructions of its own until it is over or told otherwise. */
  begin(call: VoiceCall, work: (signal: AbortSignal) => Promise<void>): void;
  run(call: VoiceCall, source: Source): (signal: AbortSignal) => Promise<void>;
  press(call: VoiceCall, keys: string): void;
  speak(call: VoiceCall, text: string, confidence?: number): void;
  /** A call's state, as it goes on. */
  setStatus(call: VoiceCall, status: CallStatus, event: CallEvent): void;
  stop(): void;
}
