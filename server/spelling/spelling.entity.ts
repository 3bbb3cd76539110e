import { defineEntity, p } from '@mikro-orm/core';

/** A word that is right though no dictionary has it. */
export const SpellingWord = defineEntity({
  name: 'SpellingWord',
  tableName: 'spelling_word',
  properties: {
    id: p.uuid().primary(),
    word: p.text(),
    /** Whose it is; null: everybody's. */
    operatorId: p.text().nullable(),
    addedByName: p.text(),
    at: p.datetime(),
  },
});
