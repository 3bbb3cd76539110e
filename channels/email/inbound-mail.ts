import { createHash } from 'node:crypto';
import type { InboundMessage } from '../../server/contract/channel.ts';
import type { CityMailbox } from '../../server/contract/city.ts';
import { type Authentication, shownTextLength } from '../../server/contract/email.ts';
import type { EmailPart, MediaPart, Part } from '../../server/contract/message.ts';
import type { DecodedEmail, MailAddress } from './decoded-email.ts';

export interface Intake {
  mailbox: CityMailbox;
  /** Every address of ours, lower case. */
  ours: ReadonlySet<string>;
  rawKey: string;
  authentication: Authentication | null;
  sender: EmailPart['sender'];
}

/** What the contract takes; the whole stands in the mail as it came. */
const SUBJECT_LENGTH = 1_000;
const NAME_LENGTH = 200;
const ADDRESS_LENGTH = 320;

/**
 * The same for every copy of a mail, whichever of our addresses it reached. Programs reuse Message-IDs, so what was
 * written counts too; and who cannot be believed takes no honest mail's place.
 */
export function externalIdOf(email: DecodedEmail, raw: Buffer, sender: EmailPart['sender']): string {
  if (sender === 'failed') return `unverified:${createHash('sha256').update(raw).digest('hex')}`;
  const said = [email.messageId, email.from.address, email.date, email.subject, email.fullText.replace(/\s+/g, ' ')];
  return `sha256:${createHash('sha256').update(JSON.stringify(said)).digest('hex')}`;
}

/** A decoded mail as the server takes it in. */
export function inboundMail(
  email: DecodedEmail,
  externalId: string,
  files: { media: MediaPart[]; inline: Record<string, string> },
  intake: Intake,
): InboundMessage {
  const { mailbox, ours, sender } = intake;
  const address = usable(email.from.address) ?? `sin-remitente:${externalId}`;
  const text = email.text.slice(0, shownTextLength);
  const isWhole = text.length === email.text.length && email.fullText.trim() === email.text.trim();
  const envelope: EmailPart = {
    type: 'email',
    subject: email.subject.slice(0, SUBJECT_LENGTH),
    from: { address, name: email.from.name?.slice(0, NAME_LENGTH) ?? null },
    to: addresses(email.to),
    cc: addresses(email.cc),
    bcc: addresses(email.bcc),
    html: email.html !== null,
    more: !isWhole,
    sender,
    automatic: email.auto,
  };
  const parts: Part[] = [envelope, ...(text.trim() ? [{ type: 'text' as const, text }] : []), ...files.media];
  const { thread } = email;
  return {
    type: 'message',
    externalId,
    from: { address, ...(email.from.name ? { displayName: email.from.name.slice(0, 120) } : {}) },
    parts,
    locale: email.language?.toLowerCase().startsWith('en') ? 'en' : 'es',
    ...(email.date ? { sentAt: email.date } : {}),
    subject: thread.subject.slice(0, SUBJECT_LENGTH),
    automatic: email.auto !== null,
    queueId: mailbox.queue,
    thread: {
      id: bare(email.messageId) ?? externalId,
      answers: thread.answers.map((id) => bare(id) ?? id),
      tokens: thread.plusTags.filter((tag) => ours.has(tag.address)).map(({ tag }) => tag),
      ticketNumber: Number(thread.subjectTag) || null,
      participants: participants(email, ours),
      trusted: sender !== 'failed',
    },
    letter: {
      mailbox: mailbox.id,
      internetMessageId: bare(email.messageId),
      references: email.references.map((id) => bare(id) ?? id),
      replyTo: usable(email.replyTo?.address) ?? usable(email.from.address),
      fullText: email.fullText,
      html: email.html,
      inlineFiles: files.inline,
      authentication: intake.authentication,
      problems: email.problems,
      rawKey: intake.rawKey,
      sentAt: email.date,
    },
  };
}

/** An address longer than the contract takes is none (RFC 5321, 4.5.3.1). */
const usable = (address: string | null | undefined): string | null =>
  address && address.length <= ADDRESS_LENGTH ? address.toLowerCase() : null;

const bare = (id: string | null): string | null => id?.replace(/^<|>$/g, '') ?? null;

const addresses = (list: MailAddress[]) =>
  list.flatMap(({ address, name }) => {
    const known = usable(address);
    return known ? [{ address: known, name: name?.slice(0, NAME_LENGTH) ?? null }] : [];
  });

/** Everybody it was written by and to, each once, but for ourselves. */
function participants({ from, replyTo, to, cc }: DecodedEmail, ours: ReadonlySet<string>): string[] {
  const all = addresses([from, ...(replyTo ? [replyTo] : []), ...to, ...cc]).map(({ address }) => address);
  return [...new Set(all)].filter((address) => !ours.has(address.replace(/\+[^@]*@/, '@'))).slice(0, 500);
}
