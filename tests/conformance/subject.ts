import type { Channel, InboundStatus, OutboundMessage, SendResult } from '../../server/contract/channel.ts';
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
  /** What this version cannot decode. */
  undecodable: Raw;
  /** The other side's answers to sends: for channels that push. */
  provider?: {
    answerWith(...answers: (SendResult | Error)[]): void;
    readonly sent: readonly OutboundMessage[];
    report(status: Omit<InboundStatus, 'type'>): Raw;
  };
  /** Somebody who reads by a cursor: for channels with such. */
  reader?(address: string): Promise<Reader>;
  close?(): void;
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
