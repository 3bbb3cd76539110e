import { z } from 'zod';
import { fieldSchema, limits, textSchema, timestampSchema } from './message.ts';
import { both } from './phrase.ts';
import { slugSchema } from './slug.ts';

/** Answers of the city as the console edits them. */

/** Days before its last one in which an article counts as expiring. */
export const EXPIRING_DAYS = 30;

/** current: quoted · expiring: quoted, not for long · expired: no longer quoted · missing: a topic without one */
export const articleStates = ['current', 'expiring', 'expired', 'missing'] as const;
export const articleStateSchema = z.enum(articleStates);
export type ArticleState = z.infer<typeof articleStateSchema>;

/** What of an article can be edited. */
export const articleContentSchema = z.object({
  title: both(z.string()),
  body: both(z.string()),
  departmentId: slugSchema.nullable().describe('Who answers for what it says'),
  source: z.string().nullable().describe('Where its facts come from'),
  responsible: z.string().nullable().describe('Who keeps it up to date'),
  validUntil: z.iso.date().nullable().describe('Last local day on which it may be quoted'),
});
export type ArticleContent = z.infer<typeof articleContentSchema>;

/** Version 0 is what the city's files say; each save in the console makes the next. */
const articleVersionFields = {
  version: z.number().int().nonnegative(),
  editedBy: z.string().nullable().describe("Name; null for the city's files"),
  at: timestampSchema.nullable(),
};
export const articleVersionSchema = articleContentSchema.extend(articleVersionFields);
export type ArticleVersion = z.infer<typeof articleVersionSchema>;

/** A row of the list: every topic of the catalogue has one. */
export const articleSummarySchema = z.object({
  id: slugSchema,
  title: both(z.string()),
  state: articleStateSchema,
  departmentId: slugSchema.nullable(),
  responsible: z.string().nullable(),
  validUntil: z.iso.date().nullable(),
  ...articleVersionFields,
});
export type ArticleSummary = z.infer<typeof articleSummarySchema>;

/** Newest version first; the one of the city's files, if it has one, last. Empty where the article is missing. */
export const articleDetailSchema = z.object({
  id: slugSchema,
  title: both(z.string()).describe('Of the topic, as the catalogue has it'),
  state: articleStateSchema,
  versions: z.array(articleVersionSchema),
});
export type ArticleDetail = z.infer<typeof articleDetailSchema>;

/** `version` is the one that was edited: another in its place is a conflict. */
export const saveArticleSchema = articleContentSchema.extend({
  version: z.number().int().nonnegative(),
  title: both(textSchema(limits.nameLength)),
  body: both(textSchema(limits.textLength)),
  source: fieldSchema(300).nullable(),
  responsible: fieldSchema(limits.nameLength).nullable(),
});
export const restoreArticleSchema = z.object({
  version: z.number().int().nonnegative().describe('The latest the caller knows'),
  restore: z.number().int().nonnegative().describe('The one to bring back'),
});
