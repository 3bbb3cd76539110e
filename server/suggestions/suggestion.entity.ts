import { defineEntity, p } from '@mikro-orm/core';
import type { SuggestionKind, SuggestionUse as Use } from '../contract/suggestion.ts';

/** What became of the reply that was suggested when a message was written. */
export const SuggestionUse = defineEntity({
  name: 'SuggestionUse',
  tableName: 'suggestion_use',
  properties: {
    messageId: p.uuid().primary(),
    kind: p.text().$type<SuggestionKind>(),
    suggestedId: p.text(),
    use: p.text().$type<Use['use']>(),
    at: p.datetime(),
  },
});
