import { defineEntity, p } from '@mikro-orm/core';

/** What is still to be done to a file that came: fetched from the provider, then listened to if it is a voice note. */
export const MediaFetch = defineEntity({
  name: 'MediaFetch',
  tableName: 'media_fetch',
  properties: {
    attachmentId: p.uuid().primary(),
    messageId: p.uuid(),
    channelAccountId: p.text(),
    step: p.text().$type<'fetch' | 'transcribe'>(),
    /** What the channel needs to find it. */
    source: p.json<Record<string, unknown>>(),
    /** The case that it belongs to once it is there. */
    caseId: p.uuid().nullable(),
    tries: p.smallint(),
    nextAt: p.datetime(),
    createdAt: p.datetime(),
  },
});
