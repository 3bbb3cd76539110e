import type { Channel, InboundStatus } from '../../server/contract/channel.ts';
import type { Message } from '../../server/contract/message.ts';

export interface Said {
  from: string;
  /** The sender's or provider's own id of it, a UUID. */
  id: string;
  text: string;
}

/** A channel plugged into a server, and what the suite needs to play its other side. */
export interface Subject<Raw> {
  channel: Channel<Raw>;
  accountId: string;
  /** A sender's address as the channel knows one. */
  address(): string;
  /** The raw input by which this is said. */
  input(said: Said): Raw;
  /** Several at once, where the other side batches. */
  batch?(said: Said[]): Raw;
  /** Raw inputs of one line keep their order; for channels whose decoding takes time. */
  line?: string;
  /** What this version cannot decode. */
  undecodable: Raw;
  /** The other side's answers to sends: for channels that push. */
  provider?: Provider<Raw>;
  /** Somebody who reads by a cursor: for channels with such. */
  reader?(address: string): Promise<Reader>;
  close?(): void;
}

/** What may become of a send: no for good, not now, or nothing at all. */
export type Mishap = 'refusal' | 'later' | 'broken line';

export interface Provider<Raw> {
  /** What the next sends meet; when used up, everything is taken. */
  meet(...mishaps: Mishap[]): void;
  /** How a refusal is shown to people. */
  refusal: { code: string; reason: string };
  /** What the other side got of a message: its texts, once a delivery. */
  got(messageId: string): string[][];
  /** What the other side can tell of a message, and how it does. */
  reports: readonly InboundStatus['status'][];
  report(status: Omit<InboundStatus, 'type'>): Raw;
}

export interface Reader {
  messages(): readonly Message[];
  /** Loses the connection without a word. */
  lose(): void;
  /** Comes back and resumes behind the last message seen. */
  comeBack(): Promise<void>;
}

/** @throws when a subject lacks what its claims need */
export function owed<T>(part: T | undefined, what: string): T {
  if (part === undefined) throw new Error(`The subject has no ${what}`);
  return part;
}
