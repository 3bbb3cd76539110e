import { defineEntity, p } from '@mikro-orm/core';

/** What somebody of the console wrote to a colleague. */
export const TeamMessage = defineEntity({
  name: 'TeamMessage',
  tableName: 'team_message',
  properties: {
    number: p.bigint('number').primary().autoincrement(),
    id: p.uuid(),
    fromId: p.text(),
    toId: p.text(),
    text: p.text(),
    ticketId: p.uuid().nullable(),
    at: p.datetime(),
    readAt: p.datetime().nullable(),
  },
});
