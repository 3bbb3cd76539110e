import { defineEntity, p } from '@mikro-orm/core';
import type { Scope, WebhookEvent } from '../contract/administration.ts';

/** What another program proves itself with; the key itself is nowhere. */
export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    hash: p.text(),
    hint: p.text(),
    scopes: p.json<Scope[]>(),
    createdBy: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

/** Somebody invited to the console who has not been in yet. */
export const Invitation = defineEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    operatorId: p.text().primary(),
    hash: p.text(),
    createdBy: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    /** For somebody new, or who forgot their password. */
    kind: p.text().$type<'invitation' | 'reset'>().default('invitation'),
    nonce: p.uuid().nullable().default(null),
    /** Null: handed over by whoever made it. */
    mailState: p.text().$type<'waiting' | 'sent' | 'failed'>().nullable().default(null),
    mailReason: p.text().nullable().default(null),
    mailAttempts: p.integer().default(0),
    mailDueAt: p.datetime().nullable().default(null),
    mailedAt: p.datetime().nullable().default(null),
    openedAt: p.datetime().nullable().default(null),
  },
});

/** What was done to data from outside or by rule. */
export const Receipt = defineEntity({
  name: 'Receipt',
  tableName: 'receipt',
  properties: {
    id: p.uuid().primary(),
    kind: p.text().$type<'backup' | 'restore' | 'retention' | 'export' | 'erasure'>(),
    at: p.datetime(),
    actorId: p.text().nullable(),
    actorName: p.text().nullable(),
    details: p.json<unknown>(),
  },
});

export const WebhookEndpoint = defineEntity({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoint',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    url: p.text(),
    events: p.json<WebhookEvent[]>(),
    secretVersion: p.integer(),
    active: p.boolean(),
    failingSince: p.datetime().nullable(),
    stoppedBy: p.text().$type<'person' | 'failures'>().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export const WebhookDelivery = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    event: p.text().$type<WebhookEvent | 'ping'>(),
    body: p.json<unknown>(),
    ticketId: p.uuid().nullable(),
    caseId: p.uuid().nullable(),
    state: p.text().$type<'waiting' | 'delivered' | 'failed' | 'withheld'>(),
    attempts: p.integer(),
    dueAt: p.datetime().nullable(),
    status: p.integer().nullable(),
    response: p.text().nullable(),
    fault: p.text().nullable(),
    tookMs: p.integer().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
