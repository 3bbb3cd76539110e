import type { Problem } from '../../server/contract/email-problems.ts';

export interface MailAddress {
  /** As written, spaces removed; null when there is none to be read. */
  address: string | null;
  name: string | null;
}

/** Why nobody sits at the other end: such a mail is never answered by itself. */
export type Automatic = 'auto-reply' | 'bounce' | 'list' | 'loop';

export interface Bounce {
  recipient: string | null;
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code of RFC 3463, such as `5.1.1`. */
  status: string | null;
  permanent: boolean;
  reason: { es: string; en: string };
  /** What the other server said, in its own words. */
  diagnostic: string | null;
  /** Message-ID of the mail that could not be delivered. */
  originalMessageId: string | null;
}

export interface MailAttachment {
  /** A plain file name: no folders, no control characters, never empty. */
  name: string;
  /** By content where it can be recognised, else as declared. */
  type: string;
  declaredType: string;
  /** Bytes. */
  size: number;
  /** Content-ID without brackets: what `cid:` in the HTML points to. */
  cid: string | null;
  /** Shown inside the HTML, not beside it. */
  inline: boolean;
  content: Buffer;
}

/** A message that came inside another one. */
export interface EmbeddedMail {
  from: MailAddress;
  subject: string;
  date: string | null;
  messageId: string | null;
  text: string;
}

/** What joins a mail to a conversation, best evidence first. */
export interface ThreadKeys {
  /** Message-IDs that this mail answers: In-Reply-To first, then References from the nearest to the farthest. */
  answers: string[];
  /** What stands after the plus of the addresses it was sent to. */
  plusTags: { address: string; tag: string }[];
  /** The number in `[#1234]`. Counts only for somebody who takes part in that conversation. */
  subjectTag: string | null;
  /** The subject without reply marks and tag. */
  subject: string;
}

/** A raw mail, decoded as far as possible. */
export interface DecodedEmail {
  type: 'message';
  channel: 'email';
  /** The Message-ID, or a digest of the raw mail where it has none. */
  externalId: string;
  from: MailAddress;
  replyTo: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  subject: string;
  /** ISO 8601, UTC; null when it cannot be read. The sender's clock: shown, never sorted by. */
  date: string | null;
  /** What the person wrote: quotes and signature trimmed. */
  text: string;
  fullText: string;
  /** The signature that `text` lacks. */
  signature: string | null;
  /** Sanitised; remote images wait in `data-src`. */
  html: string | null;
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  thread: ThreadKeys;
  auto: Automatic | null;
  /** What told so: a header or the subject. */
  autoEvidence: string | null;
  bounce: Bounce | null;
  /** As the sender's program declared it. */
  language: string | null;
  attachments: MailAttachment[];
  embedded: EmbeddedMail[];
  problems: Problem[];
}
