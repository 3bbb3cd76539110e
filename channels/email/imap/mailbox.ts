import type { MailboxCursor } from '../../../server/contract/email.ts';
import type { MailAuth } from '../oauth/auth-of.ts';

/** One mailbox of the city, as its IMAP server knows it. */
export interface MailboxAccount {
  /** Ours, e.g. `atencion`. */
  id: string;
  host: string;
  port: number;
  /** TLS from the start; else STARTTLS where the server offers it. */
  secure: boolean;
  verifyTls: boolean;
  auth: MailAuth;
  /** `INBOX`, unless the city says otherwise. */
  folder: string;
  /** Where a stored mail goes; null: it stays and is marked seen. */
  moveTo: string | null;
}

export interface MailboxCursors {
  load(mailboxId: string): Promise<MailboxCursor | null>;
  save(mailboxId: string, cursor: MailboxCursor): Promise<void>;
}

/** A mail as it came. */
export interface RawMail {
  mailbox: string;
  raw: Buffer;
}

export interface ReaderParts {
  cursors: MailboxCursors;
  /** Resolves after commit. A mail for which it rejects stays unseen and is brought again later; others go on. */
  receive(mail: RawMail): Promise<unknown>;
  /** Whether this process may read the mailbox now; asked again and again while it does. */
  hold?(): Promise<boolean>;
  /** Told on every change why the mailbox is not read, null when it is. */
  report?(fault: string | null): Promise<void>;
  log: { warn(details: object, message: string): void };
  timing?: Partial<ReaderTiming>;
}

export interface ReaderTiming {
  /** A server that announces nothing is asked all the same. */
  lookMs: number;
  /** How often to ask whether the mailbox is still ours. */
  holdMs: number;
  /** How often to ask for a mailbox that another process reads. */
  standbyMs: number;
}

export interface MailboxReader {
  start(): void;
  /** Why it is not reading now, or null when it is. */
  fault(): string | null;
  stop(): Promise<void>;
}
