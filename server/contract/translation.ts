import { z } from 'zod';
import { limits, textSchema } from './message.ts';

/** What is said in a language that not everybody at the desk reads. */

/** ISO 639-1, two letters: `en`, `fr`. */
export const languageSchema = z.string().regex(/^[a-z]{2}$/);

/** How the people of the console read and write, whoever they write to. */
export const DESK_LANGUAGE = 'es';

/** At most so many messages are translated by one call. */
export const MOST_TRANSLATED = 20;

/** machine: as a language model says it · written: what the operator wrote before it was translated */
export const messageTranslationSchema = z.object({
  messageId: z.uuid(),
  /** Of the message itself. */
  language: languageSchema,
  /** In the language of the desk. */
  text: z.string(),
  origin: z.enum(['machine', 'written']),
});
export type MessageTranslation = z.infer<typeof messageTranslationSchema>;

export const conversationTranslationsSchema = z.object({
  /** off: no language model is configured · protected: what is protected is not told to one */
  may: z.enum(['yes', 'off', 'protected']),
  /** What the citizen seems to write; null: the language of the desk, or too little to tell. */
  language: languageSchema.nullable(),
  translations: z.array(messageTranslationSchema),
});
export type ConversationTranslations = z.infer<typeof conversationTranslationsSchema>;

export const translateMessagesSchema = z.object({
  messageIds: z.array(z.uuid()).min(1).max(MOST_TRANSLATED),
});
export const translateReplySchema = z.object({
  text: textSchema(limits.textLength),
  language: languageSchema.describe('To be translated into'),
});
export const translatedReplySchema = z.object({ text: z.string(), language: languageSchema });

/** What was written in the language of the desk, beside its translation, which is what is sent. */
export const writtenSchema = z.object({ text: textSchema(limits.textLength), language: languageSchema });

/** Puts texts into another language. */
export interface Translator {
  readonly model: string;
  /**
   * @param to ISO 639-1
   * @returns the texts in their order and the language they were written in; null when nobody could be asked
   */
  translate(texts: readonly string[], to: string): Promise<{ language: string; texts: string[] } | null>;
}
