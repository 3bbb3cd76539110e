import type { CallDevice, CallLeg, LegRole, LineKind } from './call.ts';
import type { CallRoom, CallSignal } from './call-room.ts';
import type { FetchedMedia, WebhookRequest } from './channel.ts';
import type { Locale } from './errors.ts';
import type { Part } from './message.ts';

/**
 * The call port. A line carries calls; what is said on them, who waits and who talks with whom is decided above it,
 * in `server/calls`, the same for every line.
 *
 * The caller's end always asks: it carries out the steps it was given, tells what it heard, and gets the next ones
 * (`CallHost.next`). So a call survives a restart of the server, and a lost push costs one step. People are brought
 * together in a room with the id of the call; what happens in it comes back as facts (`CallHost.report`).
 */

/** Something to be spoken to somebody on a telephone. */
export interface Spoken {
  text: string;
  locale: Locale;
}

/** What the caller's end does next. The last of a list says how it goes on; `turn` comes back with what was heard. */
export type CallStep =
  | { do: 'say'; say: Spoken }
  /** Speaks, listening to keys and speech all the while; what is heard cuts it short. */
  | {
      do: 'ask';
      turn: number;
      say: readonly Spoken[];
      /** How many keys at most; with `finishOn`, fewer end with that key. */
      keys: { most: number; finishOn: '#' | null };
      speech: boolean;
      /** Words that are likely, for whoever recognises speech. */
      hints: readonly string[];
      /** Silence after which it asks what next. */
      waitSeconds: number;
      /** Of what is recognised. */
      locale: Locale;
    }
  /** In the queue: speaks, then music for so long, listening to `keys` alone. Then it asks what next. */
  | { do: 'wait'; turn: number; say: readonly Spoken[]; seconds: number; keys: string; locale: Locale }
  /** Says nothing for so long, because the bot thinks; then it asks what next. */
  | { do: 'pause'; turn: number; seconds: number }
  /** Records after a tone; ends by key or silence. */
  | { do: 'record'; turn: number; say: readonly Spoken[]; mostSeconds: number }
  /** Into the room of that call; asks what next when the room is over for them. */
  | { do: 'join'; turn: number; callId: string; say: readonly Spoken[] }
  /** On to a number outside; asks what next when that has ended. */
  | { do: 'dial'; turn: number; say: readonly Spoken[]; number: string; callerId: string; ringSeconds: number }
  | { do: 'hangUp'; say: readonly Spoken[] };

export type Heard =
  /** They call us. */
  | { kind: 'began' }
  /** We called them, and somebody answered. */
  | { kind: 'picked_up' }
  | { kind: 'keys'; digits: string }
  | { kind: 'speech'; text: string; confidence: number }
  | { kind: 'silence' }
  /** Music, pause or room are over: what now? */
  | { kind: 'again' }
  /** What they recorded; `source` is given back to `fetchRecording`. */
  | { kind: 'recorded'; source: Record<string, unknown>; milliseconds: number; at: Date }
  /** What became of the number outside. */
  | { kind: 'dialled'; result: 'completed' | 'busy' | 'no_answer' | 'failed' };

/** The caller's end asks what to do. */
export interface CallMoment {
  accountId: string;
  /** The line's id of the call: the same call is one call. */
  providerCallId: string;
  /** E.164, or the address of a visitor of the web; null where it is withheld. */
  from: string | null;
  /** The number they called, or that we called. */
  to: string;
  /** The citizen's address for a call that comes by the web: the same as in the chat, so that they are one person. */
  visitor?: string;
  locale?: Locale;
  /** Of the step that this answers: answered twice, it is answered once. Null where it answers none. */
  turn: number | null;
  heard: Heard;
  /** By the line's clock. */
  at: Date;
}

/** What a caller said or keyed, to be kept as a message of theirs: the raw input of the channel `voice`. */
export interface CallerWords {
  providerCallId: string;
  /** Of the step that it answers: one message a step. */
  turn: number;
  /** Of the conversation. */
  address: string;
  part: Extract<Part, { type: 'text' | 'choice' }>;
  locale: Locale;
  /** By the line's clock. */
  at: Date;
}

/** Something that happened on a call, in whichever order and however often it is told. The citizen's leg has the call's id. */
export interface CallFact {
  /** Unique within the call: told twice, it is one. */
  key: string;
  /** By the line's clock; `order` tells apart what it puts at the same instant. */
  at: Date;
  order: number;
  what:
    | { kind: 'ringing' | 'joined'; legId: string }
    | { kind: 'left'; legId: string }
    | { kind: 'unreached'; legId: string; reason: 'busy' | 'no_answer' | 'declined' | 'failed' }
    | { kind: 'held' | 'resumed'; legId: string }
    | { kind: 'recording'; source: Record<string, unknown>; startedAt: Date; milliseconds: number }
    /** The citizen's end is over, or was never reached. */
    | { kind: 'ended'; reason: 'completed' | 'busy' | 'no_answer' | 'cancelled' | 'failed'; code?: string };
}

/** Which call of which line. */
export interface CallRef {
  /** Ours; the room bears it too. */
  callId: string;
  accountId: string;
  providerCallId: string;
}

/** What a line said to an order. `gone`: the call or the leg is over there; facts will say so. */
export type LineAnswer = { outcome: 'done' } | { outcome: 'gone' } | { outcome: 'failed'; reason: string };

export interface LegToRing {
  legId: string;
  role: Exclude<LegRole, 'citizen'>;
  /** Whose browser rings; null for a telephone outside. */
  operatorId: string | null;
  number: string | null;
  ringSeconds: number;
  silent: boolean;
  whispersTo: string | null;
}

/** One way of carrying calls. Orders may be repeated: each says how things are to be, not what to change. */
export interface VoiceLine {
  readonly kind: LineKind;
  /** The caller's end is to ask at once what next, whatever it does now. */
  recall(call: CallRef): Promise<LineAnswer>;
  /** Calls a citizen. When they answer, their end asks with `picked_up`. @returns the line's id of the call */
  dial(call: {
    callId: string;
    accountId: string;
    to: string;
    ringSeconds: number;
  }): Promise<{ outcome: 'done'; providerCallId: string } | { outcome: 'failed'; reason: string }>;
  /** Calls somebody else into the room; the facts `ringing`, `joined`, `unreached` tell how that went. */
  ring(call: CallRef, leg: LegToRing): Promise<LineAnswer>;
  /** People of the room are held, silent, whispering as they stand in these legs. */
  arrange(call: CallRef, legs: readonly CallLeg[]): Promise<LineAnswer>;
  /** Ends one leg; the citizen's ends the call. */
  hangUp(call: CallRef, legId: string): Promise<LineAnswer>;
  /** Recording of the room. `off` ends it: what was recorded comes as a fact. */
  record(call: CallRef, to: 'on' | 'paused' | 'off'): Promise<LineAnswer>;
  /**
   * What happened to a call while nobody listened: the same facts, by the same keys.
   * @param legs those that ring or talk as far as we know: of those that do not, it says so
   */
  look(call: CallRef, legs: readonly CallLeg[]): Promise<CallFact[]>;
  fetchRecording(accountId: string, source: Record<string, unknown>): Promise<FetchedMedia>;
  /** Removes at the provider what we have fetched, or what is not to be kept. */
  eraseRecording(accountId: string, source: Record<string, unknown>): Promise<void>;
  /** Its part of what an operator's browser needs. */
  deviceFor(operatorId: string): Promise<Partial<Pick<CallDevice, 'twilio' | 'simulated' | 'iceServers'>>>;
}

/** What a line asks of the server. */
export interface CallHost {
  /**
   * The caller's end asks what to do. What it heard is stored before this resolves.
   * @throws only for faults worth asking again: a line has words of its own for that
   */
  next(moment: CallMoment): Promise<CallStep[]>;
  /** Something happened on a call of that line. Resolves after commit; of unknown calls nothing is kept. */
  report(call: Pick<CallRef, 'accountId' | 'providerCallId'>, facts: readonly CallFact[]): Promise<void>;
  /** The call that has this room, for facts that name only that. */
  findCall(callId: string): Promise<CallRef | null>;
}

/** One path where a provider asks what a caller hears next, or reports on calls. */
export interface VoiceDoor {
  /** Below the server's root. */
  path: string;
  bodyLimit: number;
  /**
   * Checks the signature, then answers; the answer is given after commit.
   * @throws AppError `forbidden`: nothing stored
   */
  answer(request: WebhookRequest): Promise<{ contentType: string; body: string }>;
}

/** What people hear while they wait, for providers that fetch it. */
export interface VoiceTune {
  /** Below the server's root. */
  path: string;
  contentType: string;
  bytes(): Buffer;
}

/** What the web line asks of whoever holds the browsers' connections. */
export interface CallSockets {
  /** To every window of the citizen, by the address that their token proves. */
  toVisitor<E extends keyof CallPushes>(visitor: string, event: E, data: Parameters<CallPushes[E]>[0]): void;
  /** To every window of an operator. */
  toOperator<E extends keyof CallPushes>(operatorId: string, event: E, data: Parameters<CallPushes[E]>[0]): void;
}

/** What browsers on a call are told. */
export interface CallPushes {
  /** Ask what next. Only to the citizen. */
  'call.recall'(data: { callId: string }): void;
  /** This leg rings: join with it, or decline. Only to operators. */
  'call.ring'(data: { callId: string; legId: string; role: Exclude<LegRole, 'citizen' | 'outside'> }): void;
  'call.room'(room: CallRoom): void;
  'call.signal'(data: { callId: string; from: string; to: string; signal: CallSignal }): void;
  /** This leg is over. */
  'call.over'(data: { callId: string; legId: string }): void;
  /** Recording of the room is to be so, in the browser that holds it. */
  'call.record'(data: { callId: string; to: 'on' | 'paused' | 'off' }): void;
}
