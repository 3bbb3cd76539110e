import { defineEntity, p } from '@mikro-orm/core';
import type { MessageTranslation as Translation } from '../contract/translation.ts';

/** A message in the language of the desk, beside the message itself. */
export const MessageTranslation = defineEntity({
  name: 'MessageTranslation',
  tableName: 'message_translation',
  properties: {
    messageId: p.uuid().primary(),
    /** Of the message itself, ISO 639-1. */
    language: p.text(),
    text: p.text(),
    origin: p.text().$type<Translation['origin']>(),
    model: p.text().nullable(),
    at: p.datetime(),
  },
});
