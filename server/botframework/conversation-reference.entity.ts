import { defineEntity, p } from '@mikro-orm/core';
import type { ConversationReference } from '../contract/bot-framework.ts';

/** Where a conversation of the Bot Framework is spoken to, by its address with us. */
export const BotframeworkReference = defineEntity({
  name: 'BotframeworkReference',
  tableName: 'botframework_reference',
  properties: {
    address: p.text().primary(),
    reference: p.json<ConversationReference>(),
    updatedAt: p.datetime(),
  },
});
