import { buffer } from 'node:stream/consumers';
import type { AppContext } from '../context.ts';
import type { OutgoingLetter } from '../contract/email.ts';
import type { EmailPart, Part } from '../contract/message.ts';
import { ensureLetter } from './ensure-letter.ts';
import { mailboxOf } from './mailboxes.ts';

/** The mail of a stored message that is to be sent, with the bytes of its files. */
export async function loadOutgoing(context: AppContext, messageId: string): Promise<OutgoingLetter> {
  const { database, files, city } = context;
  const { db } = database;
  const { parts } = await db
    .selectFrom('message')
    .select('parts')
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow();
  const part = emailPartOf(parts) ?? (await ensureLetter(context, messageId));
  const row = await db
    .selectFrom('email as e')
    .innerJoin('message as m', 'm.id', 'e.message_id')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .leftJoin('email_token as t', 't.conversation_id', 'c.id')
    .leftJoin('email as q', 'q.message_id', 'e.quotes')
    .leftJoin('message as qm', 'qm.id', 'e.quotes')
    .select(['e.mailbox', 'e.internet_message_id', 'e.references_ids', 'e.full_text', 'e.signature', 'e.automatic'])
    .select(['c.locale', 't.token'])
    .select(['q.full_text as quoted_text', 'q.sent_at as quoted_at', 'qm.parts as quoted_parts'])
    .where('e.message_id', '=', messageId)
    .executeTakeFirstOrThrow();
  const mailbox = mailboxOf(city, row.mailbox);
  const quoted = row.quoted_parts ? emailPartOf(row.quoted_parts) : undefined;
  return {
    internetMessageId: row.internet_message_id ?? messageId,
    mailbox: row.mailbox,
    from: part.from,
    replyTo:
      row.token && mailbox.plusAddressing
        ? { address: mailbox.address.replace('@', `+${row.token}@`), name: mailbox.name }
        : null,
    to: part.to,
    cc: part.cc,
    bcc: part.bcc,
    subject: part.subject,
    text: row.full_text,
    signature: row.signature || null,
    quoted: quoted ? { from: quoted.from, at: row.quoted_at, text: row.quoted_text ?? '' } : null,
    inReplyTo: row.references_ids.at(-1) ?? null,
    references: row.references_ids,
    attachments: await Promise.all(
      parts
        .filter((one) => one.type === 'media')
        .map(async ({ attachmentId, name, mimeType }) => ({
          name,
          type: mimeType,
          content: await readAttachment(attachmentId),
        })),
    ),
    automatic: row.automatic,
    unsubscribe: row.automatic ? `mailto:${mailbox.address}?subject=BAJA` : null,
    locale: row.locale,
    timeZone: city.timeZone,
  };

  async function readAttachment(id: string): Promise<Buffer> {
    const { storage_key: key } = await db
      .selectFrom('attachment')
      .select('storage_key')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return buffer(await files.read(key));
  }
}

const emailPartOf = (parts: readonly Part[]): EmailPart | undefined => parts.find((part) => part.type === 'email');
