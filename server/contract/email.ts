import { z } from 'zod';
import { fieldSchema, limits, type MediaPart, storedTextSchema, timestampSchema } from './message.ts';

/** Longest `addr-spec` by RFC 5321, 4.5.3.1. */
const address = fieldSchema(320, 1);

/** How one of SPF, DKIM and DMARC came out (RFC 8601, 2.7). */
export const authResultSchema = z.enum([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
]);
export type AuthResult = z.infer<typeof authResultSchema>;

/** Whether a mail comes from where it says. */
export const authenticationSchema = z.object({
  spf: authResultSchema,
  dkim: authResultSchema,
  dmarc: authResultSchema,
  /** The domains that vouch for it, for the reader. */
  domains: z.array(fieldSchema(255)).max(20),
  /** `server`: our own mail server said so in Authentication-Results; `checked`: we looked it up. */
  source: z.enum(['server', 'checked']),
});
export type Authentication = z.infer<typeof authenticationSchema>;

/** What of a mail is stored beside the message that the timeline shows. */
export const letterSchema = z.object({
  /** The city's mailbox it came to or leaves from. */
  mailbox: fieldSchema(60, 1),
  /** Message-ID without brackets. */
  internetMessageId: fieldSchema(300).nullable(),
  /** Message-IDs of its thread from the first mail on, without brackets. */
  references: z.array(fieldSchema(300)).max(101),
  /** Where an answer goes: Reply-To, else From. Null when neither can be read. */
  replyTo: address.nullable(),
  fullText: storedTextSchema,
  /** Sanitised; pictures of the mail as `cid:`, those of the internet in `data-src`. */
  html: storedTextSchema.nullable(),
  /** Attachment ids by Content-ID. */
  inlineFiles: z.record(z.string(), z.uuid()),
  authentication: authenticationSchema.nullable(),
  /** Codes of what was wrong with it; see `problemPhrases` of the channel. */
  problems: z.array(fieldSchema(60)).max(40),
  /** Where the mail is kept as it came. */
  rawKey: fieldSchema(200).nullable(),
  sentAt: timestampSchema.nullable(),
});
export type Letter = z.infer<typeof letterSchema>;

/** By what a message joins a conversation on channels with threads, best evidence first. */
export const threadSchema = z.object({
  /** The message's own id in the thread. */
  id: fieldSchema(300, 1),
  /** Ids of messages it answers, nearest first. */
  answers: z.array(fieldSchema(300, 1)).max(101),
  /** What stands after the plus of our addresses: a secret that we gave. */
  tokens: z.array(fieldSchema(100, 1)).max(20),
  /** The ticket's number in the subject: counts only for who takes part in that conversation. */
  ticketNumber: z.number().int().positive().nullable(),
  /** Everybody it was written by and to, but for ourselves. */
  participants: z.array(address).max(500),
  /** False: the sender is not who they say they are. It joins nobody's conversation. */
  trusted: z.boolean(),
});
export type Thread = z.infer<typeof threadSchema>;

export interface EmailAddress {
  address: string;
  name: string | null;
}

/** A mail that is about to leave. */
export interface OutgoingLetter {
  /** Without brackets; the same for every attempt, so that a mail sent twice by a fault is one mail. */
  internetMessageId: string;
  mailbox: string;
  from: EmailAddress;
  replyTo: EmailAddress | null;
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  subject: string;
  text: string;
  /** Drawn from the text where it is missing. */
  html?: string;
  signature: string | null;
  quoted: { from: EmailAddress; at: Date | null; text: string } | null;
  inReplyTo: string | null;
  references: string[];
  attachments: { name: string; type: string; content: Uint8Array }[];
  /** Written by no person: an answer, or `generated` by itself (RFC 3834). */
  automatic: boolean | 'generated';
  /** Where one can ask for no more automatic mail. */
  unsubscribe: string | null;
  locale: 'es' | 'en';
  timeZone: string;
}

export interface OAuthCredentials {
  tokenUrl: string;
  clientId: string;
  clientSecret: string | null;
  /** Null: the client itself signs in (`client_credentials`). */
  refreshToken: string | null;
  scope: string | null;
}
export type MailCredentials = { password: string } | OAuthCredentials;

export interface ImapSettings {
  host: string;
  port: number;
  /** TLS from the start; else STARTTLS where the server offers it. */
  secure: boolean;
  verifyTls: boolean;
  user: string;
  credentials: MailCredentials;
  folder: string;
  /** Where a stored mail goes; null: it stays and is marked seen. */
  moveTo: string | null;
  /** As our own mail server signs its Authentication-Results; null: we check senders ourselves. */
  authservId: string | null;
}

export interface SmtpSettings {
  host: string;
  port: number;
  secure: boolean;
  verifyTls: boolean;
  auth: { user: string; credentials: MailCredentials } | null;
}

/** How a mailbox is read and sent from; null where it is not. */
export interface MailAccount {
  imap: ImapSettings | null;
  smtp: SmtpSettings | null;
}

/** How far a mailbox was read. UIDs grow as long as `uidValidity` stays (RFC 9051, 2.3.1.1). */
export interface MailboxCursor {
  uidValidity: string;
  lastUid: number;
}

export interface MailFile {
  name: string;
  type: string;
  content: Uint8Array;
}

/** What the e-mail channel asks of the server. @throws AppError `unavailable` when it is of no mail's doing */
export interface EmailHost {
  /** Keeps a mail as it came, once however often it comes. @returns its key */
  keepRaw(raw: Uint8Array): Promise<string>;
  /** Keeps in sight a mail that is neither a message nor a report, or that could not be read. Once, however often. */
  setAside(rawKey: string, reason: string): Promise<void>;
  /** Who wrote this wants no more automatic mail. */
  optOut(address: string): Promise<void>;
  /** Whether a message by that external id is stored already: then nothing of it needs keeping again. */
  isStored(externalId: string): Promise<boolean>;
  /** Whether we sent a mail by that Message-ID. */
  isOurs(internetMessageId: string): Promise<boolean>;
  keepFile(file: MailFile): Promise<MediaPart>;
  /** The mail of a stored message that is to be sent. */
  outgoing(messageId: string): Promise<OutgoingLetter>;
  /** Whether this process may read the mailbox now; asked again and again while it does. */
  holdMailbox(mailboxId: string): Promise<boolean>;
  /** Another process may read at once whatever this one held. */
  releaseMailboxes(): Promise<void>;
  loadCursor(mailboxId: string): Promise<MailboxCursor | null>;
  saveCursor(mailboxId: string, cursor: MailboxCursor): Promise<void>;
  /** Whether a mailbox is being read, for people: null, or why not. */
  reportMailbox(mailboxId: string, fault: string | null): Promise<void>;
}

/** Longest text of a mail that the timeline shows; the whole is one click away. */
export const shownTextLength = limits.storedTextLength;
