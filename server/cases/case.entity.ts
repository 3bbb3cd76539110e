import { defineEntity, p } from '@mikro-orm/core';
import type { CaseEvent as CaseEventShape, SafeContact } from '../contract/case.ts';
import type { CaseStatus } from '../contract/case-status.ts';
import type { ChannelName } from '../contract/channel.ts';
import type { Author } from '../contract/message.ts';
import type { CaseAnswer } from '../contract/service-form.ts';

/** A service request, from its folio to its end. */
export const ServiceCase = defineEntity({
  name: 'ServiceCase',
  tableName: 'service_case',
  properties: {
    id: p.uuid().primary(),
    folio: p.text(),
    /** What asked for it: the same request twice opens one case. */
    originKey: p.text().nullable(),
    serviceId: p.text(),
    departmentId: p.text(),
    status: p.text().$type<CaseStatus>(),
    priority: p.smallint(),
    description: p.text(),
    latitude: p.double().$type<number>().nullable(),
    longitude: p.double().$type<number>().nullable(),
    address: p.text().nullable(),
    coloniaId: p.text().nullable(),
    colonia: p.text().nullable(),
    reference: p.text().nullable(),
    triage: p.boolean(),
    protected: p.boolean(),
    channel: p.text().$type<ChannelName>().nullable(),
    /** Who reported it, and in which conversation. */
    citizenId: p.uuid().nullable(),
    conversationId: p.uuid().nullable(),
    affected: p.json<{ name: string; contact: string | null }>().nullable(),
    safeContact: p.json<SafeContact>().nullable(),
    /** To what its service asked when it was opened. */
    answers: p.json<CaseAnswer[]>().nullable(),
    owner: p.text().nullable(),
    reason: p.text().nullable(),
    openedAt: p.datetime(),
    promisedFor: p.date(),
    workingDays: p.integer(),
    closedAt: p.datetime().nullable(),
    followers: p.integer(),
    photos: p.integer(),
    /** What the list's search looks through, without accents; of a protected case its folio alone. */
    search: p.text(),
    version: p.integer(),
    /** The version in which status or facts changed last: who decides on older ones is told. */
    factsVersion: p.integer(),
    updatedAt: p.datetime(),
  },
});

/** The last folio given in each year. */
export const FolioCounter = defineEntity({
  name: 'FolioCounter',
  tableName: 'folio_counter',
  properties: { year: p.integer().primary(), last: p.integer() },
});

/** The story of cases: a line a version, and one each time a protected case was read. */
export const CaseEvent = defineEntity({
  name: 'CaseEvent',
  tableName: 'case_event',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    caseId: p.uuid(),
    type: p.text().$type<CaseEventShape['type']>(),
    at: p.datetime(),
    actorType: p.text().$type<Author['type']>(),
    actorId: p.text().nullable(),
    actorName: p.text().nullable(),
    public: p.boolean(),
    data: p.json<Record<string, unknown>>(),
    version: p.integer().nullable(),
    clientId: p.text().nullable(),
    /** While followers are still to be told of it: whoever comes after this one. */
    tellingAfter: p.uuid().nullable(),
  },
});

/**
 * A citizen who is told how a case goes that somebody else filed. Two of them, or one and who filed it, may have turned
 * out to be the same person.
 */
export const CaseFollower = defineEntity({
  name: 'CaseFollower',
  tableName: 'case_follower',
  properties: {
    caseId: p.uuid().primary(),
    /** What the follower's secret is made of: it stays when they turn out to be somebody else. */
    id: p.uuid().primary(),
    citizenId: p.uuid(),
    followedAt: p.datetime(),
  },
});

/** Contacts in which a case was spoken of. */
export const CaseTicket = defineEntity({
  name: 'CaseTicket',
  tableName: 'case_ticket',
  properties: { caseId: p.uuid().primary(), ticketId: p.uuid().primary(), linkedAt: p.datetime() },
});

/** Photos and papers of a case. */
export const CaseAttachment = defineEntity({
  name: 'CaseAttachment',
  tableName: 'case_attachment',
  properties: { caseId: p.uuid().primary(), attachmentId: p.uuid().primary(), addedAt: p.datetime() },
});
