import { defineEntity, p } from '@mikro-orm/core';
import type { ChannelName } from '../contract/channel.ts';
import type { Presence as PresenceShape, PresenceStatus } from '../contract/http.ts';
import type { ContactOutcome } from '../contract/report-terms.ts';
import type { SumPart } from './sums/sum-part.ts';

/** Whether people were there, and since when: with `ticket_event` the one source of figures about people. */
export const PresenceEvent = defineEntity({
  name: 'PresenceEvent',
  tableName: 'presence_event',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    operatorId: p.text(),
    status: p.text().$type<PresenceStatus>(),
    reason: p.text().$type<PresenceShape['reason']>(),
    at: p.datetime(),
  },
});

/** What a contact came to, folded from its story (`fold-contact.ts`). Never written otherwise; may be thrown away. */
export const ContactFact = defineEntity({
  name: 'ContactFact',
  tableName: 'contact_fact',
  properties: {
    ticketId: p.uuid().primary(),
    beganAt: p.datetime(),
    channel: p.text().$type<ChannelName>(),
    protected: p.boolean(),
    outcome: p.text().$type<ContactOutcome>(),
    /** The bot had it first. */
    withBot: p.boolean(),
    queueId: p.text().nullable(),
    queuedAt: p.datetime().nullable(),
    answeredAt: p.datetime().nullable(),
    abandonedAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    waitedSeconds: p.integer(),
    levelSeconds: p.integer().nullable(),
    lateAt: p.datetime().nullable(),
    botSeconds: p.integer(),
    waitSeconds: p.integer(),
    shutSeconds: p.integer(),
    activeSeconds: p.integer(),
    holdSeconds: p.integer(),
    wrapSeconds: p.integer(),
    asideSeconds: p.integer(),
    closedSeconds: p.integer(),
    wrapBesideSeconds: p.integer(),
    transfers: p.integer(),
    reopenings: p.integer(),
    operatorId: p.text().nullable(),
    topic: p.text().nullable(),
    coloniaId: p.text().nullable(),
    disposition: p.text().nullable(),
    rating: p.smallint().nullable(),
    botTurns: p.integer(),
    botMissed: p.integer(),
    citizenId: p.uuid().nullable(),
    /** Whoever it was came back within a week of its end. Kept beside the fold: other contacts decide it. */
    cameBack: p.boolean().default(false),
    lastEventId: p.bigint('number'),
    lastEventAt: p.datetime(),
  },
});

/** Each time somebody had a contact in their hands. */
export const ContactStretch = defineEntity({
  name: 'ContactStretch',
  tableName: 'contact_stretch',
  properties: {
    ticketId: p.uuid().primary(),
    n: p.integer().primary(),
    operatorId: p.text(),
    beganAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
});

/** Contacts whose story went on since they were folded. */
export const ContactStale = defineEntity({
  name: 'ContactStale',
  tableName: 'contact_stale',
  properties: { id: p.bigint('number').primary().autoincrement(), ticketId: p.uuid() },
});

/** Counts of a day or a month, by what they are parted by (`sums/cuts.ts`). May be thrown away. */
export const ContactSum = defineEntity({
  name: 'ContactSum',
  tableName: 'contact_sum',
  properties: {
    grain: p.text().$type<'day' | 'month'>().primary(),
    cut: p.text().primary(),
    startsOn: p.date().primary(),
    a: p.text().primary(),
    b: p.text().primary(),
    protected: p.boolean().primary(),
  },
});

/** How long people were there and busy, by the hours of a day or a month. May be thrown away. */
export const PeopleSum = defineEntity({
  name: 'PeopleSum',
  tableName: 'people_sum',
  properties: {
    grain: p.text().$type<'day' | 'month'>().primary(),
    startsOn: p.date().primary(),
    operatorId: p.text().primary(),
    hour: p.smallint().primary(),
    staffedSeconds: p.bigint('number'),
    busySeconds: p.bigint('number'),
  },
});

/** Promises and open cases of a day or a month, by what they are parted by (`sums/cuts.ts`). May be thrown away. */
export const CaseSum = defineEntity({
  name: 'CaseSum',
  tableName: 'case_sum',
  properties: {
    grain: p.text().$type<'day' | 'month'>().primary(),
    cut: p.text().primary(),
    startsOn: p.date().primary(),
    a: p.text().primary(),
    b: p.text().primary(),
    protected: p.boolean().primary(),
    promised: p.bigint('number'),
    promisesKept: p.bigint('number'),
    opened: p.bigint('number'),
    openedDays: p.bigint('number'),
  },
});

/** What came into queues, by the half hours of a day. May be thrown away. */
export const ArrivalSum = defineEntity({
  name: 'ArrivalSum',
  tableName: 'arrival_sum',
  properties: {
    startsOn: p.date().primary(),
    cut: p.text().primary(),
    a: p.text().primary(),
    b: p.text().primary(),
    slot: p.smallint().primary(),
    protected: p.boolean().primary(),
    contacts: p.bigint('number'),
    handled: p.bigint('number'),
    handlingSeconds: p.bigint('number'),
    gaveUp: p.bigint('number'),
    waitedSeconds: p.bigint('number'),
  },
});

/** Quarters of an hour whose counts have changed since their day was summed. */
export const SumStale = defineEntity({
  name: 'SumStale',
  tableName: 'sum_stale',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    part: p.text().$type<SumPart>(),
    at: p.datetime(),
  },
});

export const SumState = defineEntity({
  name: 'SumState',
  tableName: 'sum_state',
  properties: { id: p.integer().primary(), timeZone: p.text().nullable(), nextAt: p.datetime() },
});
