import { z } from 'zod';
import { timestampSchema } from './message.ts';
import { phraseSchema } from './phrase.ts';
import { questionKinds, questionScopes } from './quality-terms.ts';
import { slugSchema } from './slug.ts';

/** The form by which a city scores its contacts. */

const weightSchema = z.number().int().min(1).max(100);

export const qualityQuestionSchema = z.object({
  /** Stays the same from version to version: figures follow it. */
  id: slugSchema,
  title: phraseSchema,
  /** What deserves a yes, or how much of the scale. */
  help: phraseSchema.default({ es: '', en: '' }),
  kind: z.enum(questionKinds),
  scope: z.enum(questionScopes).default('all'),
  /** Beside the others of its section. */
  weight: weightSchema.default(1),
  /** A «no» makes the whole contact 0. */
  critical: z.boolean().default(false),
});
export type QualityQuestion = z.infer<typeof qualityQuestionSchema>;

export const qualitySectionSchema = z.object({
  id: slugSchema,
  title: phraseSchema,
  /** Beside the other sections. */
  weight: weightSchema,
  questions: z.array(qualityQuestionSchema).min(1).max(30),
});
export type QualitySection = z.infer<typeof qualitySectionSchema>;

const repeats = (ids: readonly string[]) => new Set(ids).size !== ids.length;

export const qualityFormSchema = z
  .object({ title: phraseSchema, sections: z.array(qualitySectionSchema).min(1).max(12) })
  .superRefine(({ sections }, context) => {
    const questions = sections.flatMap((section) => section.questions);
    const fault = (message: string) => context.addIssue({ code: 'custom', path: ['sections'], message });
    if (repeats(sections.map(({ id }) => id))) fault('a section is given twice');
    if (repeats(questions.map(({ id }) => id))) fault('a question is given twice');
    if (questions.some(({ critical, kind }) => critical && kind !== 'yes-no')) {
      fault('only a question of yes or no can be critical');
    }
  });
export type QualityForm = z.infer<typeof qualityFormSchema>;

/** A form never changes: a change is the next version, and what was scored keeps the one it was scored by. */
export const formVersionSchema = z.object({
  version: z.number().int().positive(),
  form: qualityFormSchema,
  savedAt: timestampSchema,
  savedBy: z.string().nullable().describe("Null: the city's content"),
});
export type FormVersion = z.infer<typeof formVersionSchema>;

/** `version`: the one that was changed; refused when there is a newer one. */
export const saveFormSchema = z.object({ version: z.number().int().positive(), form: qualityFormSchema });
