import { defineEntity, p } from '@mikro-orm/core';
import type { TicketFilters } from '../../contract/inbox.ts';

/** A list of contacts that somebody comes back to. */
export const SavedView = defineEntity({
  name: 'SavedView',
  tableName: 'saved_view',
  properties: {
    id: p.uuid().primary(),
    ownerId: p.text(),
    name: p.text(),
    filters: p.json<TicketFilters>(),
    shared: p.boolean(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
