import { defineEntity, p } from '@mikro-orm/core';
import type { BroadcastState, Reach } from '../contract/broadcast.ts';
import type { TemplatePart } from '../contract/message.ts';

/** `cancelled` before it was their turn; `same`: they turned out to be somebody who has it already. */
export type SkipReason = 'cancelled' | 'same';

/** Something told to all followers of a case. */
export const Broadcast = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcast',
  properties: {
    id: p.uuid().primary(),
    clientId: p.uuid(),
    caseId: p.uuid(),
    text: p.text(),
    template: p.json<TemplatePart>().nullable(),
    state: p.text().$type<BroadcastState>(),
    createdBy: p.text(),
    createdByName: p.text(),
    createdAt: p.datetime(),
    approvedBy: p.text().nullable(),
    approvedByName: p.text().nullable(),
    finishedAt: p.datetime().nullable(),
    /** When it last went on: what does no more is sent on by the reconciler. */
    wentOnAt: p.datetime(),
    version: p.integer(),
  },
});

export const BroadcastRecipient = defineEntity({
  name: 'BroadcastRecipient',
  tableName: 'broadcast_recipient',
  properties: {
    broadcastId: p.uuid().primary(),
    citizenId: p.uuid().primary(),
    /** Null where there is no way to them. */
    conversationId: p.uuid().nullable(),
    how: p.text().$type<Reach>(),
    messageId: p.uuid().nullable(),
    /** Why it was not said, where `how` does not tell. */
    reason: p.text().$type<SkipReason>().nullable(),
    doneAt: p.datetime().nullable(),
  },
});
