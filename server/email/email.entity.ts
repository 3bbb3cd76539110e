import { defineEntity, p } from '@mikro-orm/core';
import type { Authentication } from '../contract/email.ts';

/** What a mail holds beside the message that the timeline shows. */
export const Email = defineEntity({
  name: 'Email',
  tableName: 'email',
  properties: {
    messageId: p.uuid().primary(),
    /** The city's mailbox it came to or leaves from. */
    mailbox: p.text(),
    /** Message-ID without brackets. */
    internetMessageId: p.text().nullable(),
    /** The thread from its first mail on. */
    referencesIds: p.json<string[]>(),
    replyTo: p.text().nullable(),
    fullText: p.text(),
    html: p.text().nullable(),
    /** Attachment ids by Content-ID. */
    inlineFiles: p.json<Record<string, string>>(),
    authentication: p.json<Authentication>().nullable(),
    problems: p.json<string[]>(),
    rawKey: p.text().nullable(),
    /** By the sender's clock. */
    sentAt: p.datetime().nullable(),
    /** Below the text of one that leaves. */
    signature: p.text(),
    /** The message that stands quoted below it, for one that leaves. */
    quotes: p.uuid().nullable(),
    /** Written by no person, for one that leaves. */
    automatic: p.boolean(),
  },
});

/** Every Message-ID ever seen in a conversation. */
export const EmailReference = defineEntity({
  name: 'EmailReference',
  tableName: 'email_reference',
  properties: { internetMessageId: p.text().primary(), conversationId: p.uuid() },
});

/** Who wrote or got mails of a conversation. */
export const EmailParticipant = defineEntity({
  name: 'EmailParticipant',
  tableName: 'email_participant',
  properties: { conversationId: p.uuid().primary(), address: p.text().primary() },
});

/** The secret after the plus of our address by which an answer finds its conversation. */
export const EmailToken = defineEntity({
  name: 'EmailToken',
  tableName: 'email_token',
  properties: { token: p.text().primary(), conversationId: p.uuid() },
});

/** The brake on automatic mail to an address. */
export const EmailAddress = defineEntity({
  name: 'EmailAddress',
  tableName: 'email_address',
  properties: {
    address: p.text().primary(),
    since: p.datetime(),
    automaticMails: p.integer(),
    optedOutAt: p.datetime().nullable(),
  },
});

/** How far a mailbox was read, and by which server. */
export const Mailbox = defineEntity({
  name: 'Mailbox',
  tableName: 'mailbox',
  properties: {
    id: p.text().primary(),
    uidValidity: p.text().nullable(),
    lastUid: p.bigint('number'),
    /** The server process that reads it, until when unless it says so again. */
    holder: p.text().nullable(),
    heldUntil: p.datetime().nullable(),
    fault: p.text().nullable(),
    lastReceivedAt: p.datetime().nullable(),
  },
});
