import { defineEntity, p } from '@mikro-orm/core';
import type { BotState } from '../contract/bot.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { TicketEvent as TicketEventShape, TicketState } from '../contract/http.ts';
import type { Author } from '../contract/message.ts';

/** One contact, from its first message to its wrap-up. */
export const Ticket = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    id: p.uuid().primary(),
    number: p.bigint('number').autoincrement(),
    conversationId: p.uuid(),
    citizenId: p.uuid(),
    channel: p.text().$type<ChannelName>(),
    state: p.text().$type<TicketState>(),
    queueId: p.text().nullable(),
    priority: p.smallint(),
    operatorId: p.text().nullable(),
    /** A hand-over to a person: only they are offered it while they are there. */
    reservedFor: p.text().nullable(),
    /** Ids of the skills it takes to answer it. */
    needs: p.json<string[]>().default('[]'),
    /** What it is about, an id of the catalogue, as far as it is known. */
    topic: p.text().nullable(),
    /** Who last had this citizen, and until when they are waited for. */
    preferredOperatorId: p.text().nullable(),
    preferredUntil: p.datetime().nullable(),
    clockAt: p.datetime(),
    waitingSince: p.datetime().nullable(),
    /** By when a person is to have answered; it counts only the time in which its queue is open. */
    serviceLevelDueAt: p.datetime().nullable(),
    acceptedAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    disposition: p.text().nullable(),
    /** The contact that it went on in: closed, and its citizen is heard there. Never one that is part of another. */
    mergedInto: p.uuid().nullable(),
    summary: p.text().nullable(),
    subject: p.text().nullable(),
    /** When a snoozed one comes back by itself; null: only when the citizen answers. */
    snoozedUntil: p.datetime().nullable(),
    /** Seq of the last message the bot has dealt with, in this ticket. */
    botSeq: p.integer(),
    botState: p.json<BotState>().nullable(),
    /** Until when a worker may think about the bot's turn alone. */
    botBusyUntil: p.datetime().nullable(),
    /** Since when people have been writing what the bot is to answer. */
    burstSince: p.datetime().nullable(),
    /** When that will have settled. */
    botDueAt: p.datetime().nullable(),
    /** Until when the bot waits besides for what came with it: files, and what is said in voice notes. */
    botWaitsUntil: p.datetime().nullable(),
    lastPreview: p.text().nullable(),
    lastDirection: p.text().$type<'in' | 'out'>().nullable(),
    lastMessageAt: p.datetime().nullable(),
    /** Only people with the grant see it. */
    protected: p.boolean().default(false),
    unread: p.integer(),
    rating: p.smallint().nullable(),
    ratingComment: p.text().nullable(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** The story of tickets: one log that the console's timeline and every report read. */
export const TicketEvent = defineEntity({
  name: 'TicketEvent',
  tableName: 'ticket_event',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    ticketId: p.uuid(),
    conversationId: p.uuid(),
    type: p.text().$type<TicketEventShape['type']>(),
    at: p.datetime(),
    actorType: p.text().$type<Author['type']>(),
    actorId: p.text().nullable(),
    actorName: p.text().nullable(),
    data: p.json<Record<string, unknown>>(),
    clientId: p.text().nullable(),
  },
});
