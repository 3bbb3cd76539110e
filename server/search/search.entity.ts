import { defineEntity, p } from '@mikro-orm/core';

/** What a ticket is found by. */
export const SearchEntry = defineEntity({
  name: 'SearchEntry',
  tableName: 'search_entry',
  properties: {
    ticketId: p.uuid().primary(),
    number: p.bigint('number'),
    said: p.text(),
    known: p.text(),
    /** A tsvector: read and written by SQL alone. */
    words: p.text(),
  },
});

/** A ticket whose entry is to be made anew. */
export const SearchDue = defineEntity({
  name: 'SearchDue',
  tableName: 'search_due',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    ticketId: p.uuid(),
  },
});
