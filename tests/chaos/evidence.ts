import type { CallTimes } from '../../server/contract/call.ts';

/** What is known at the end of a run, from all sides. `judge` needs nothing else. */
export interface Evidence {
  residents: ResidentEvidence[];
  replies: ReplyEvidence[];
  /** Every mail that was fed, in the order in which it was. */
  mails: FedMail[];
  /** Every text that was fed by SMS or WhatsApp, in the order in which it was. */
  texts: FedText[];
  /** Every call of a resident, as their telephone knows it. */
  callers: CallerEvidence[];
  /** Every call in the database. */
  calls: KeptCall[];
  /** Ids of messages that the emulated providers took from us. */
  taken: string[];
  /** What lies in the mailboxes. */
  mailboxes: BoxedMail[];
  /** Every mail that the mail server took for somebody. */
  sent: SentEvidence[];
  /** Every message in the database. */
  stored: StoredMessage[];
  tickets: TicketEvidence[];
  offers: OfferEvidence[];
  /** How often a server that had been ready ended without being told to. */
  crashes: number;
}

/** One message of a resident. Times are ticks of a clock of their own that only orders what they did and saw. */
export interface SaidEvidence {
  clientId: string;
  firstSentAt: number;
  firstAckedAt: number | null;
  acks: { messageId: string; seq: number }[];
}

/** A message by its place and its identity. */
export interface Shown {
  seq: number;
  id: string;
}

export interface ResidentEvidence {
  name: string;
  conversationId: string | null;
  said: SaidEvidence[];
  /** What was on their screen at any time during the run. */
  seen: Shown[];
  /** The whole conversation as their widget gets it, from the beginning. */
  synced: Shown[];
  /** The whole conversation as the console gets it. */
  listed: Shown[];
}

/** One mail of a citizen. Ids of mails are without brackets. */
export interface FedMail {
  internetMessageId: string;
  /** The name of the thread it belongs to: all of one thread is one conversation. */
  thread: string;
  fedAt: number;
  /** When its writer first knew that it was taken: acknowledged, or marked seen. */
  takenAt: number | null;
  /** By which it was taken, where somebody says so. */
  acks: { messageId: string; conversationId: string }[];
}

/** One text of a citizen, as their provider brought it. */
export interface FedText {
  /** All of one person is one conversation. */
  person: string;
  externalId: string;
  text: string;
  fedAt: number;
  /** When the provider first knew that it was taken. */
  takenAt: number | null;
}

/** One call of a resident. */
export interface CallerEvidence {
  /** The telephone company's id of it. */
  sid: string;
  /** They heard a word of the city's. */
  spokenTo: boolean;
  longestSilenceMs: number;
  isOver: boolean;
}

export interface KeptCall {
  providerCallId: string;
  stage: string;
  startedAt: Date;
  endedAt: Date | null;
  /** When a person was on the line. */
  answeredAt: Date | null;
  times: CallTimes | null;
  /** Who rings or talks on it. */
  liveLegs: string[];
}

export interface BoxedMail {
  internetMessageId: string;
  seen: boolean;
}

export interface SentEvidence {
  internetMessageId: string;
  text: string;
}

/** One answer of an operator. */
export interface ReplyEvidence {
  externalId: string;
  /** Words that no other message has. */
  text: string;
  acks: { messageId: string; seq: number }[];
}

export interface StoredMessage extends Shown {
  conversationId: string;
  externalId: string;
  clientId: string | null;
  /** Of one that is a mail. */
  internetMessageId: string | null;
  channel: string;
  /** Why it did not arrive, as operators are told. */
  failure: string | null;
  /** The provider's ids of what it left as. */
  pieces: string[];
  direction: 'in' | 'out';
}

export interface TicketEvidence {
  id: string;
  state: 'bot' | 'waiting' | 'offered' | 'assigned' | 'closed';
  /** Messages of the citizen that the bot, who has the ticket, has not heard. */
  unheard: number;
  /** In the order in which they happened. */
  events: { type: string; actorId: string | null }[];
}

export interface OfferEvidence {
  ticketId: string;
  operatorId: string;
  pending: boolean;
  expired: boolean;
}
