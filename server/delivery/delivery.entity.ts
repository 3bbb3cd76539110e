import { defineEntity, p } from '@mikro-orm/core';
import type { InboundStatus } from '../contract/channel.ts';
import type { Message, MessageStatus, Part } from '../contract/message.ts';

/** One message of the provider that a message of ours left as; most are one. */
export const MessagePiece = defineEntity({
  name: 'MessagePiece',
  tableName: 'message_piece',
  properties: {
    messageId: p.uuid().primary(),
    piece: p.smallint().primary(),
    /** What it says, fixed before the first one leaves; null where the message leaves whole. */
    parts: p.json<Part[]>().nullable(),
    channelAccountId: p.text(),
    providerMessageId: p.text().nullable(),
    /** `queued` where the id is known before it leaves, as that of a mail. */
    status: p.text().$type<Exclude<MessageStatus, 'stored'>>(),
    failure: p.json<NonNullable<Message['failure']>>().nullable(),
  },
});

/** A report that came before we knew what it is about. */
export const EarlyReport = defineEntity({
  name: 'EarlyReport',
  tableName: 'early_report',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    channelAccountId: p.text(),
    providerMessageId: p.text(),
    report: p.json<InboundStatus>(),
    receivedAt: p.datetime(),
  },
});
