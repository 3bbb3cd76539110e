import { defineEntity, p } from '@mikro-orm/core';
import type { BroadcastState, Reach } from '../contract/broadcast.ts';

/** Something told to all followers of a case. */
export const Broadcast = defineEntity({
  name: 'Broadcast',
  tableName: 'broadcast',
  properties: {
    id: p.uuid().primary(),
    clientId: p.uuid(),
    caseId: p.uuid(),
    text: p.text(),
    template: p.json<{ id: string; variables: string[]; text: string }>().nullable(),
    state: p.text().$type<BroadcastState>(),
    createdBy: p.text(),
    createdByName: p.text(),
    createdAt: p.datetime(),
    approvedBy: p.text().nullable(),
    approvedByName: p.text().nullable(),
    finishedAt: p.datetime().nullable(),
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
    reason: p.text().nullable(),
    doneAt: p.datetime().nullable(),
  },
});
