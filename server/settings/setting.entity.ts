import { defineEntity, p } from '@mikro-orm/core';

/** What an administrator changed against the city's content, by key. */
export const Setting = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    key: p.text().primary(),
    value: p.json<unknown>(),
    updatedAt: p.datetime(),
  },
});

export const CannedReply = defineEntity({
  name: 'CannedReply',
  tableName: 'canned_reply',
  properties: {
    id: p.uuid().primary(),
    shortcut: p.text(),
    title: p.text(),
    body: p.text(),
    queueId: p.text().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
