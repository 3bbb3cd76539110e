import { defineEntity, p } from '@mikro-orm/core';
import type { Phrase } from '../contract/errors.ts';
import type { Hours, OfferOutcome, Presence as PresenceShape, PresenceStatus } from '../contract/http.ts';
import type { Overflow } from '../contract/routing.ts';

export const Queue = defineEntity({
  name: 'Queue',
  tableName: 'queue',
  properties: {
    id: p.text().primary(),
    name: p.json<Phrase>(),
    hours: p.json<Hours>(),
    serviceLevelTarget: p.double(),
    serviceLevelSeconds: p.integer(),
    offerSeconds: p.integer(),
    priority: p.smallint(),
    isDefault: p.boolean(),
    /** Its contacts are seen only by people with the grant. */
    protected: p.boolean().default(false),
    reopenDays: p.integer(),
    signature: p.text(),
    /** When people of other queues are asked, too. */
    overflow: p.json<Overflow>(),
    /** Until when a supervisor has opened it to others. */
    overflowUntil: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** One operator asked to take one ticket. `outcome` is null while the question stands. */
export const Offer = defineEntity({
  name: 'Offer',
  tableName: 'offer',
  properties: {
    id: p.uuid().primary(),
    ticketId: p.uuid(),
    operatorId: p.text(),
    offeredAt: p.datetime(),
    expiresAt: p.datetime(),
    outcome: p.text().$type<OfferOutcome>().nullable(),
    endedAt: p.datetime().nullable(),
  },
});

/** Whether an operator is there: a lease the server holds and their connection renews. */
export const Presence = defineEntity({
  name: 'Presence',
  tableName: 'presence',
  properties: {
    operatorId: p.text().primary(),
    status: p.text().$type<PresenceStatus>(),
    reason: p.text().$type<PresenceShape['reason']>(),
    since: p.datetime(),
    leaseUntil: p.datetime(),
    /** Since when they hold no less than now: the longest idle is asked first. */
    idleSince: p.datetime(),
    /** Their microphone is ready, and they want calls. */
    takesCalls: p.boolean().default(false),
  },
});
