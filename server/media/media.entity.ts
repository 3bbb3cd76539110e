import { defineEntity, p } from '@mikro-orm/core';

/** A file that is still at the provider. */
export const MediaFetch = defineEntity({
  name: 'MediaFetch',
  tableName: 'media_fetch',
  properties: {
    attachmentId: p.uuid().primary(),
    messageId: p.uuid(),
    channelAccountId: p.text(),
    /** What the channel needs to find it. */
    source: p.json<Record<string, unknown>>(),
    tries: p.smallint(),
    nextAt: p.datetime(),
    createdAt: p.datetime(),
  },
});
