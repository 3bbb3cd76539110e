import { z } from 'zod';
import { fieldSchema, timestampSchema } from './message.ts';

/** Words that are right though no dictionary has them. */

/** One word, as it is written in the middle of a sentence: letters, with hyphens and apostrophes between them. */
export const spellingWordSchema = fieldSchema(60, 2)
  .transform((word) => word.trim().normalize('NFC'))
  .pipe(z.string().regex(/^\p{L}[\p{L}\p{M}'’-]*$/u));

/** mine: of who added it alone · city: of everybody */
export const wordScopeSchema = z.enum(['mine', 'city']);
export type WordScope = z.infer<typeof wordScopeSchema>;

export const addedWordSchema = z.object({
  id: z.uuid(),
  word: z.string(),
  scope: wordScopeSchema,
  addedBy: z.string(),
  at: timestampSchema,
});
export type AddedWord = z.infer<typeof addedWordSchema>;

export const spellingSchema = z.object({
  known: z.array(z.string()).describe("Words of the city's content: streets, colonias, services, people"),
  added: z.array(addedWordSchema),
});
export type Spelling = z.infer<typeof spellingSchema>;

export const addWordSchema = z.object({ word: spellingWordSchema, scope: wordScopeSchema });
