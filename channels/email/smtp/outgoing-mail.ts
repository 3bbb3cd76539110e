import type { Locale } from '../../../server/contract/errors.ts';

export interface Mailbox {
  address: string;
  name: string | null;
}

export interface OutgoingAttachment {
  name: string;
  type: string;
  content: Buffer;
}

/** What the answered mail said, shown below the answer. */
export interface Quoted {
  from: Mailbox;
  /** When it was sent, if it said so. */
  at: Date | null;
  text: string;
}

/** A mail the city sends. */
export interface OutgoingMail {
  /** Ours, without brackets; the same for every attempt, so that a mail sent twice by a fault is one mail. */
  messageId: string;
  from: Mailbox;
  to: Mailbox[];
  cc: Mailbox[];
  subject: string;
  text: string;
  /** Below the text, after the customary two dashes; null for none. */
  signature: string | null;
  quoted: Quoted | null;
  /** Message-ID of the mail it answers, without brackets. */
  inReplyTo: string | null;
  /** The thread from its first mail on, without brackets. */
  references: string[];
  attachments: OutgoingAttachment[];
  /** Written by no person (RFC 3834): an acknowledgement. */
  automatic: boolean;
  locale: Locale;
  /** For dates in the quote. */
  timeZone: string;
}
