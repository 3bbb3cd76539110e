/** One mailbox of the city, as its IMAP server knows it. */
export interface MailboxAccount {
  /** Ours, e.g. `atencion`. */
  id: string;
  host: string;
  port: number;
  /** TLS from the start; else STARTTLS where the server offers it. */
  secure: boolean;
  verifyTls: boolean;
  auth: { user: string; pass: string } | { user: string; accessToken: string };
  /** `INBOX`, unless the city says otherwise. */
  folder: string;
  /** Where a stored mail goes; null: it stays and is marked seen. */
  moveTo: string | null;
}

/** How far a mailbox was read. UIDs grow as long as `uidValidity` stays (RFC 9051, 2.3.1.1). */
export interface MailboxCursor {
  uidValidity: string;
  lastUid: number;
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
  /** Resolves after commit. Throws only when nothing can be stored now: the mail is then fetched again. */
  receive(mail: RawMail): Promise<unknown>;
  /** Whether this process may read the mailbox now. */
  hold?(): Promise<boolean>;
  /** Told on every change why the mailbox is not read, null when it is. */
  report?(fault: string | null): Promise<void>;
  log: { warn(details: object, message: string): void };
}

export interface MailboxReader {
  start(): void;
  /** Why it is not reading now, or null when it is. */
  fault(): string | null;
  stop(): Promise<void>;
}
