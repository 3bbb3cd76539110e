import { defineEntity, p } from '@mikro-orm/core';

/** A job promised by a transaction; it exists if and only if the transaction committed. */
export const Outbox = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    job: p.text(),
    data: p.json<unknown>(),
    runAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
