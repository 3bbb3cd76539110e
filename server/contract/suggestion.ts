import { z } from 'zod';
import { localeSchema } from './errors.ts';
import { fieldSchema } from './message.ts';
import { slugSchema } from './slug.ts';

/** What helps somebody to answer what a citizen has just said. It is never said by itself. */

/** sure: as certain as the bot is when it answers by itself · maybe: one of several that it may be about */
export const hintCertaintySchema = z.enum(['sure', 'maybe']);
export type HintCertainty = z.infer<typeof hintCertaintySchema>;

export const MOST_ARTICLES = 3;

const suggestedTextSchema = z.string().describe("In the citizen's language and the form of their channel, filled in");

export const suggestedArticleSchema = z.object({
  id: slugSchema,
  title: z.string(),
  certainty: hintCertaintySchema,
  text: suggestedTextSchema,
  language: localeSchema,
});
export type SuggestedArticle = z.infer<typeof suggestedArticleSchema>;

/** article: an answer of the city · case: how a case of theirs stands · canned: a canned reply about the same */
export const suggestionKindSchema = z.enum(['article', 'case', 'canned']);
export type SuggestionKind = z.infer<typeof suggestionKindSchema>;

export const suggestedReplySchema = z.object({
  kind: suggestionKindSchema,
  id: fieldSchema(120, 1).describe('Of the article, the case or the canned reply'),
  title: z.string(),
  text: suggestedTextSchema,
  language: localeSchema,
  model: z.string().nullable().describe('The language model that chose among the sentences of the article'),
});
export type SuggestedReply = z.infer<typeof suggestedReplySchema>;

/** `seq`: the last of the citizen's messages that it is about; null while there is none, or no time to think of it. */
export const suggestionsSchema = z.object({
  seq: z.number().int().nullable(),
  articles: z.array(suggestedArticleSchema).max(MOST_ARTICLES),
  reply: suggestedReplySchema.nullable(),
});
export type Suggestions = z.infer<typeof suggestionsSchema>;

/** What became of a suggestion once the citizen was answered. */
export const suggestionUseSchema = z.object({
  kind: suggestionKindSchema,
  id: fieldSchema(120, 1),
  use: z.enum(['as_is', 'edited', 'ignored']),
});
export type SuggestionUse = z.infer<typeof suggestionUseSchema>;

/** How often suggestions helped, of the last `days`. */
export const suggestionFiguresSchema = z.object({
  days: z.number().int(),
  shown: z.number().int().describe('Answers that were sent while something was suggested'),
  asIs: z.number().int(),
  edited: z.number().int(),
});
export type SuggestionFigures = z.infer<typeof suggestionFiguresSchema>;
