import type { VoiceCall } from '../call.ts';
import { pause } from '../interrupted.ts';
import type { Fields } from '../office.ts';
import type { Source, Telephony } from '../telephony.ts';
import type { Endpoint } from '../twiml/verbs.ts';

/** Where instructions run: in a call by itself, while it waits, or on a called end before it is joined. */
export type Scope = 'call' | 'queue' | 'conference' | 'whisper';

/** A call that carries out instructions. */
export interface Run {
  telephony: Telephony;
  call: VoiceCall;
  signal: AbortSignal;
  scope: Scope;
  /** Sent along with every request for a document. */
  extra(): Fields;
  /** Carries out instructions, and those that they lead to, until there are none. @throws TwimlFault, Interrupted */
  follow(source: Source, run: Run): Promise<Exclude<Outcome['kind'], 'goto'>>;
  /** Documents since anything took time. */
  pace: { documents: number };
}

/** How a document ended. */
export type Outcome = { kind: 'through' | 'leave' | 'hangUp' } | { kind: 'goto'; to: Endpoint; fields: Fields };

export const through: Outcome = { kind: 'through' };

/** Lets time pass in a call. @throws Interrupted */
export async function rest({ telephony, signal, pace }: Run, seconds: number): Promise<void> {
  await pause(telephony.office.world.timers, seconds, signal);
  if (seconds > 0) pace.documents = 0;
}
