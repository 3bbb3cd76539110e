import { endpoints } from '../endpoints.ts';
import { addedWordSchema, addWordSchema, spellingSchema } from '../spelling.ts';
import { suggestionFiguresSchema, suggestionsSchema } from '../suggestion.ts';
import {
  conversationTranslationsSchema,
  translatedReplySchema,
  translateMessagesSchema,
  translateReplySchema,
} from '../translation.ts';
import { byId, done, route } from './route.ts';

/** Routes of what helps people to write. */
export const writingRoutes = {
  suggestions: route({
    ...endpoints.suggestions,
    tag: 'Writing',
    summary: 'Articles and one reply that answer what the citizen said last. Nothing of it is sent by itself',
    access: 'contacts.read',
    params: byId,
    response: suggestionsSchema,
  }),
  suggestionFigures: route({
    ...endpoints.suggestionFigures,
    tag: 'Writing',
    summary: 'How often suggested replies were sent as they were, edited or left aside',
    access: 'bot.teach',
    response: suggestionFiguresSchema,
  }),
  conversationTranslations: route({
    ...endpoints.conversationTranslations,
    tag: 'Writing',
    summary: 'What of a contact is translated so far, and whether more can be',
    access: 'contacts.read',
    params: byId,
    response: conversationTranslationsSchema,
  }),
  translateMessages: route({
    ...endpoints.translateMessages,
    tag: 'Writing',
    summary: 'Translate messages of a contact into the language of the desk; each is translated once',
    access: 'contacts.read',
    perMinute: 60,
    params: byId,
    body: translateMessagesSchema,
    response: conversationTranslationsSchema,
  }),
  translateReply: route({
    ...endpoints.translateReply,
    tag: 'Writing',
    summary: 'A reply in the language of the citizen, to be read over before it is sent',
    access: 'contacts.attend',
    perMinute: 60,
    params: byId,
    body: translateReplySchema,
    response: translatedReplySchema,
  }),
  spelling: route({
    ...endpoints.spelling,
    tag: 'Writing',
    summary: 'Words that are right though no dictionary has them',
    access: 'signed-in',
    response: spellingSchema,
  }),
  addWord: route({
    ...endpoints.addWord,
    tag: 'Writing',
    summary: "Add a word to one's own dictionary; supervisors also to everybody's",
    access: 'signed-in',
    body: addWordSchema,
    response: addedWordSchema,
  }),
  removeWord: route({
    ...endpoints.removeWord,
    tag: 'Writing',
    summary: "Take a word out again: one's own, or as a supervisor everybody's",
    access: 'signed-in',
    params: byId,
    response: done,
  }),
} as const;
