import { defineEntity, p } from '@mikro-orm/core';
import type { QueueLimits } from '../contract/board.ts';
import type { Phrase } from '../contract/errors.ts';

/** From where on the figures of a queue want attention, where somebody changed that. */
export const QueueLimit = defineEntity({
  name: 'QueueLimit',
  tableName: 'queue_limit',
  properties: {
    queueId: p.text().primary(),
    limits: p.json<QueueLimits>(),
    updatedAt: p.datetime(),
  },
});

/** What callers hear and what stands above the chat, until a time. */
export const Announcement = defineEntity({
  name: 'Announcement',
  tableName: 'announcement',
  properties: {
    id: p.uuid().primary(),
    text: p.json<Phrase>(),
    voice: p.boolean(),
    chat: p.boolean(),
    since: p.datetime(),
    until: p.datetime(),
    endedAt: p.datetime().nullable(),
    byId: p.text(),
    byName: p.text(),
  },
});

/** Contacts that were moved together, so that it can be taken back. */
export const WaitingMove = defineEntity({
  name: 'WaitingMove',
  tableName: 'waiting_move',
  properties: {
    id: p.uuid().primary(),
    fromQueue: p.text(),
    toQueue: p.text(),
    ticketIds: p.json<string[]>(),
    byId: p.text(),
    at: p.datetime(),
    undoneAt: p.datetime().nullable(),
  },
});

/** One cause of many contacts. */
export const Incident = defineEntity({
  name: 'Incident',
  tableName: 'incident',
  properties: {
    id: p.uuid().primary(),
    /** Whoever is concerned follows this case. */
    caseId: p.uuid(),
    title: p.text(),
    topicId: p.text(),
    coloniaIds: p.json<string[]>(),
    place: p.text().nullable(),
    state: p.text().$type<'open' | 'closed'>(),
    openedAt: p.datetime(),
    openedBy: p.text(),
    openedByName: p.text(),
    closedAt: p.datetime().nullable(),
    version: p.integer(),
  },
});

export const IncidentTicket = defineEntity({
  name: 'IncidentTicket',
  tableName: 'incident_ticket',
  properties: { ticketId: p.uuid().primary(), incidentId: p.uuid(), linkedAt: p.datetime() },
});

export const IncidentCase = defineEntity({
  name: 'IncidentCase',
  tableName: 'incident_case',
  properties: { caseId: p.uuid().primary(), incidentId: p.uuid(), linkedAt: p.datetime() },
});
