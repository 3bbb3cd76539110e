import { defineEntity, p } from '@mikro-orm/core';

export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_log',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    at: p.datetime(),
    actorId: p.text().nullable(),
    actorName: p.text().nullable(),
    action: p.text(),
    target: p.text().nullable(),
    before: p.json<unknown>().nullable(),
    after: p.json<unknown>().nullable(),
    address: p.text().nullable(),
    requestId: p.text().nullable(),
  },
});
