import { z } from 'zod';
import { textSchema } from './message.ts';
import { both } from './phrase.ts';
import { slugSchema } from './slug.ts';

/** What a service asks of whoever reports it, beside what happened and where. */

/** photo: a picture goes with the report; the answer is the file itself. */
export const questionKinds = ['text', 'number', 'choice', 'date', 'photo'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** As many as a channel's quick answers hold, beside one to skip. */
export const MOST_CHOICES = 10;
export const MOST_QUESTIONS = 12;
const LONGEST_QUESTION = 200;
const LONGEST_CHOICE = 60;
export const LONGEST_ANSWER = 1_000;

const formChoiceSchema = z.object({ id: slugSchema, title: both(textSchema(LONGEST_CHOICE)) });
export type FormChoice = z.infer<typeof formChoiceSchema>;

export const formQuestionSchema = z
  .object({
    id: slugSchema,
    /** As it is asked: «¿De qué tamaño es?». */
    label: both(textSchema(LONGEST_QUESTION)),
    kind: z.enum(questionKinds),
    required: z.boolean().default(false),
    choices: z.array(formChoiceSchema).max(MOST_CHOICES).default([]),
  })
  .refine(({ kind, choices }) => kind !== 'choice' || choices.length > 1, { path: ['choices'], error: 'two or more' })
  .refine(({ choices }) => isDistinct(choices), { path: ['choices'], error: 'an id is given twice' });
export type FormQuestion = z.infer<typeof formQuestionSchema>;

/** Asked in this order. */
export const serviceFormSchema = z
  .array(formQuestionSchema)
  .max(MOST_QUESTIONS)
  .refine(isDistinct, { error: 'an id is given twice' });

/** What somebody answers: digits for a number, `2026-12-31` for a date, the id of a choice. */
export const givenAnswerSchema = z.object({ questionId: slugSchema, value: textSchema(LONGEST_ANSWER) });
export type GivenAnswer = z.infer<typeof givenAnswerSchema>;

/** An answer with the question as it was asked: the form may be another by now. */
export const caseAnswerSchema = z.object({
  questionId: slugSchema,
  question: both(z.string()),
  kind: z.enum(questionKinds),
  value: z.string(),
  /** For people: the title of a choice, otherwise the value. */
  shown: both(z.string()),
});
export type CaseAnswer = z.infer<typeof caseAnswerSchema>;

/** Whether a text can be the answer to a question of this kind. */
export function fitsQuestion({ kind, choices }: Pick<FormQuestion, 'kind' | 'choices'>, value: string): boolean {
  switch (kind) {
    case 'number':
      return /^-?\d{1,12}(?:\.\d{1,6})?$/.test(value);
    case 'date':
      return z.iso.date().safeParse(value).success;
    case 'choice':
      return choices.some(({ id }) => id === value);
    case 'text':
      return value.trim() !== '' && value.length <= LONGEST_ANSWER;
    case 'photo':
      return false;
  }
}

function isDistinct(entries: readonly { id: string }[]): boolean {
  return new Set(entries.map(({ id }) => id)).size === entries.length;
}
