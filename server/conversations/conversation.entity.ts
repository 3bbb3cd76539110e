import { defineEntity, p } from '@mikro-orm/core';
import type { ChannelName, InboundChange } from '../contract/channel.ts';
import type { Locale } from '../contract/errors.ts';
import type { Author, Marks, Message as MessageShape, MessageStatus, Part } from '../contract/message.ts';

/** One account of the city on a channel: a mailbox, a WhatsApp number, the web chat. */
export const ChannelAccount = defineEntity({
  name: 'ChannelAccount',
  tableName: 'channel_account',
  properties: {
    id: p.text().primary(),
    channel: p.text().$type<ChannelName>(),
    name: p.text(),
    lastReceivedAt: p.datetime().nullable(),
    lastSentAt: p.datetime().nullable(),
    /** The provider asked for a pause, or does not answer: nothing leaves by this account before. */
    pausedUntil: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/**
 * All messages between one citizen's address and one channel account, in one order, for good; on channels with threads,
 * those of one thread.
 */
export const Conversation = defineEntity({
  name: 'Conversation',
  tableName: 'conversation',
  properties: {
    id: p.uuid().primary(),
    citizenId: p.uuid(),
    channelAccountId: p.text(),
    channel: p.text().$type<ChannelName>(),
    address: p.text(),
    /** How the provider wants the other side addressed, where that is not the address. */
    replyTo: p.text().nullable(),
    /** What the window for answers counts from. */
    lastInboundAt: p.datetime().nullable(),
    /** What tells apart the conversations of one address; empty where there is only one. */
    thread: p.text(),
    /** The citizen's ticket that this conversation asks a department about. */
    sideOf: p.uuid().nullable(),
    locale: p.text().$type<Locale>(),
    lastSeq: p.integer(),
    citizenDelivered: p.integer(),
    citizenRead: p.integer(),
    cityDelivered: p.integer(),
    cityRead: p.integer(),
    consentVersion: p.text().nullable(),
    consentAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const Message = defineEntity({
  name: 'Message',
  tableName: 'message',
  properties: {
    id: p.uuid().primary(),
    conversationId: p.uuid(),
    seq: p.integer(),
    ticketId: p.uuid().nullable(),
    channelAccountId: p.text(),
    /** Unique within the account. Ours for what we send, so that a retried command is one message. */
    externalId: p.text(),
    direction: p.text().$type<MessageShape['direction']>(),
    authorType: p.text().$type<Author['type']>(),
    authorId: p.text().nullable(),
    authorName: p.text().nullable(),
    parts: p.json<Part[]>(),
    marks: p.json<Marks>().nullable(),
    clientId: p.text().nullable(),
    status: p.text().$type<MessageStatus>(),
    failure: p.json<NonNullable<MessageShape['failure']>>().nullable(),
    /** Until when one worker alone may send it. */
    claimedUntil: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});

/** Another address of the same person at the same account. */
export const AddressAlias = defineEntity({
  name: 'AddressAlias',
  tableName: 'address_alias',
  properties: {
    channelAccountId: p.text().primary(),
    alias: p.text().primary(),
    address: p.text(),
  },
});

/** What somebody did to a message since; one of a message that is not there yet waits for it. */
export const MessageChange = defineEntity({
  name: 'MessageChange',
  tableName: 'message_change',
  properties: {
    id: p.bigint('number').autoincrement(),
    channelAccountId: p.text().primary(),
    externalId: p.text().primary(),
    target: p.text(),
    change: p.json<InboundChange['change']>(),
    receivedAt: p.datetime(),
    appliedAt: p.datetime().nullable(),
  },
});

/** An input that this version could not decode, kept as it came. */
export const RawInput = defineEntity({
  name: 'RawInput',
  tableName: 'raw_input',
  properties: {
    id: p.uuid().primary(),
    channelAccountId: p.text(),
    body: p.text(),
    error: p.text(),
    /** The version of the program that could not read it; the next one tries again. */
    reader: p.text().nullable(),
    receivedAt: p.datetime(),
    decodedAt: p.datetime().nullable(),
  },
});
