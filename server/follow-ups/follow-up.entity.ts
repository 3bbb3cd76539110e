import { defineEntity, p } from '@mikro-orm/core';

/** A promise to look again at a contact or a case. */
export const FollowUp = defineEntity({
  name: 'FollowUp',
  tableName: 'follow_up',
  properties: {
    id: p.uuid().primary(),
    ticketId: p.uuid().nullable(),
    caseId: p.uuid().nullable(),
    note: p.text(),
    dueAt: p.datetime(),
    /** Who is to do it. */
    operatorId: p.text().nullable(),
    /** Whose people are to do it; beside a person, because that person was not there. */
    queueId: p.text().nullable(),
    byId: p.text(),
    byName: p.text(),
    createdAt: p.datetime(),
    /** When it was told that it is due. */
    toldAt: p.datetime().nullable(),
    doneAt: p.datetime().nullable(),
    doneBy: p.text().nullable(),
    doneByName: p.text().nullable(),
    version: p.integer(),
  },
});
