import { defineEntity, p } from '@mikro-orm/core';

/** A stored file. `owner` is who uploaded it: `visitor:<address>` or `operator:<id>`. */
export const Attachment = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  properties: {
    id: p.uuid().primary(),
    owner: p.text(),
    /** Null until a message carries it. */
    conversationId: p.uuid().nullable(),
    name: p.text(),
    mimeType: p.text(),
    size: p.integer(),
    sha256: p.text(),
    storageKey: p.text(),
    createdAt: p.datetime(),
  },
});
