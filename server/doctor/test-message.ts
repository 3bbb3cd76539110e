import { v7 as uuid } from 'uuid';
import type { Channel, ChannelName, SendResult } from '../contract/channel.ts';
import { emailSchema } from '../contract/channel.ts';
import type { TestMessage } from '../contract/connection.ts';
import { AppError } from '../contract/errors.ts';
import type { Message } from '../contract/message.ts';
import { phoneOf } from '../contract/phone.ts';
import type { Db } from '../database/database.ts';
import type { Letters } from '../email/letters.ts';
import type { Installation } from './list-connections.ts';

export interface Carriers {
  channels: ReadonlyMap<ChannelName, Channel<never>>;
  letters: Letters;
}

/**
 * Sends a real message, so that somebody can see it arrive. It belongs to no conversation and is kept nowhere.
 * @throws AppError `not_found` for what cannot send, `invalid_input` for an address that is none
 */
export async function sendTestMessage(
  { city, accounts, mail, now }: Installation,
  carriers: Carriers,
  id: string,
  to: string,
): Promise<TestMessage> {
  const [kind, name = ''] = id.split(':');
  const text = `Prueba de ${city.contactName}: si lees esto, los mensajes salen bien. No hace falta contestar.`;
  if (kind === 'mailbox') {
    const mailbox = city.mailboxes.find((one) => one.id === name);
    if (!mailbox || !mail.get(name)?.smtp) throw new AppError('not_found');
    const address = emailSchema.safeParse(to);
    if (!address.success) throw new AppError('invalid_input', { to });
    const domain = mailbox.address.split('@')[1] ?? 'localhost';
    const result = await carriers.letters.send({
      internetMessageId: `${uuid()}@${domain}`,
      mailbox: name,
      from: { address: mailbox.address, name: mailbox.name },
      replyTo: null,
      to: [{ address: address.data, name: null }],
      cc: [],
      bcc: [],
      subject: `Prueba de ${city.contactName}`,
      text,
      signature: null,
      quoted: null,
      inReplyTo: null,
      references: [],
      attachments: [],
      automatic: 'generated',
      unsubscribe: null,
      locale: 'es',
      timeZone: city.timeZone,
    });
    return begun(result, now);
  }
  const account = kind === 'account' ? accounts.get(name) : undefined;
  const channel = account && (account.channel === 'sms' || account.channel === 'whatsapp') ? account.channel : null;
  const carrier = channel ? carriers.channels.get(channel) : undefined;
  if (!account || !carrier) throw new AppError('not_found');
  const phone = phoneOf(to);
  if (!phone) throw new AppError('invalid_input', { to });
  const messageId = uuid();
  const result = await carrier.send({
    accountId: account.id,
    to: channel === 'whatsapp' && account.provider === 'meta' ? phone.slice(1) : phone,
    message: textMessage(messageId, text, now),
    idempotencyKey: messageId,
    locale: 'es',
  });
  return begun(result, now);
}

/** What the provider has told of a test message since: its reports wait for a message that is never stored. */
export async function followTestMessage(db: Db, id: string, providerMessageId: string): Promise<TestMessage> {
  const rows = await db
    .selectFrom('early_report')
    .select(['report', 'received_at'])
    .where('channel_account_id', '=', id.split(':')[1] ?? '')
    .where('provider_message_id', '=', providerMessageId)
    .orderBy('id')
    .execute();
  return {
    id: providerMessageId,
    steps: rows.flatMap(({ report, received_at: at }) => {
      const step = report.status;
      if (step !== 'sent' && step !== 'delivered' && step !== 'read' && step !== 'failed') return [];
      return [{ at: at.toISOString(), step, reason: report.failure?.reason ?? null }];
    }),
  };
}

function begun(result: SendResult, now: Date): TestMessage {
  const at = now.toISOString();
  if (result.outcome === 'accepted') {
    return { id: result.providerMessageId ?? null, steps: [{ at, step: 'taken', reason: null }] };
  }
  const reason =
    result.outcome === 'rejected'
      ? `${result.reason} (${result.providerCode})`
      : `El proveedor pide una pausa de ${result.retryAfterSeconds} s.`;
  return { id: null, steps: [{ at, step: 'failed', reason }] };
}

const textMessage = (id: string, text: string, now: Date): Message => ({
  id,
  conversationId: uuid(),
  ticketId: null,
  seq: 1,
  direction: 'out',
  author: { type: 'system', id: null, name: null },
  parts: [{ type: 'text', text }],
  status: 'queued',
  failure: null,
  clientId: null,
  createdAt: now.toISOString(),
});
