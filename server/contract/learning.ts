import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { limits, textSchema, timestampSchema } from './message.ts';
import { slugSchema } from './slug.ts';

/** How the bot learns from its misses: what it was asked, what it took that for, and what it is taught. */

export const certaintySchema = z.enum(['sure', 'between', 'unsure']);
export type Certainty = z.infer<typeof certaintySchema>;

/**
 * answered · asked: it asked back · missed: it did not understand, or gave up · handed_off: to a person ·
 * case_opened · danger: 911 and a person at once
 */
export const turnOutcomeSchema = z.enum(['answered', 'asked', 'missed', 'handed_off', 'case_opened', 'danger']);
export type TurnOutcome = z.infer<typeof turnOutcomeSchema>;
export const markSchema = z.enum(['good', 'bad']);
export type Mark = z.infer<typeof markSchema>;

const understoodSchema = z.object({
  id: slugSchema,
  confidence: z.number().min(0).max(1),
  certainty: certaintySchema.nullable(),
});
const shapedSchema = z.object({
  purpose: z.enum(['wording', 'choice', 'question']),
  model: z.string(),
  milliseconds: z.number(),
  used: z.boolean(),
});

/** An answer of the bot in a contact, for whoever sees the contact. */
export const ticketTurnSchema = z.object({
  id: z.uuid(),
  upToSeq: z.number().int(),
  /** Its messages, by seq; null where it said nothing. */
  replies: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  understood: understoodSchema.nullable(),
  shaped: z.array(shapedSchema).describe('What a language model had a hand in'),
  mark: markSchema.nullable(),
  markedBy: z.string().nullable(),
});
export type TicketTurn = z.infer<typeof ticketTurnSchema>;
export const markTurnSchema = z.object({ mark: markSchema.nullable() });

/** An answer of the bot to be reviewed. */
export const botTurnSchema = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  ticketNumber: z.number().int(),
  channel: channelNameSchema,
  at: timestampSchema,
  said: z.string().describe('What the citizen wrote, a message a line'),
  answered: z.string().describe('What the bot answered'),
  understood: understoodSchema.nullable(),
  outcome: turnOutcomeSchema,
  corrected: z.boolean(),
  correctedTo: slugSchema.nullable().describe('What they meant instead, where they said so'),
  mark: markSchema.nullable(),
  markedBy: z.string().nullable(),
  reviewed: z.enum(['taught', 'dismissed']).nullable(),
});
export type BotTurnRow = z.infer<typeof botTurnSchema>;

/** missed, corrected, handed_off, bad: one reason each; all: whatever is to be reviewed. */
export const turnFilterSchema = z.enum(['all', 'missed', 'corrected', 'handed_off', 'bad']);
export type TurnFilter = z.infer<typeof turnFilterSchema>;
export const listTurnsSchema = z.object({
  filter: turnFilterSchema.default('all'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(25),
});
export const turnPageSchema = z.object({
  turns: z.array(botTurnSchema),
  nextCursor: z.string().nullable(),
  counts: z.record(turnFilterSchema, z.number().int()),
});
export type TurnPage = z.infer<typeof turnPageSchema>;
export const dismissTurnSchema = z.object({ dismissed: z.boolean() });

/** An id of the catalogue with how much the bot has to learn it from. */
export const lessonSchema = z.object({
  id: slugSchema,
  kind: z.enum(['topic', 'service', 'action']),
  title: z.object({ es: z.string(), en: z.string() }),
  written: z.number().int().describe("Utterances in the city's files"),
  taught: z.number().int().describe('Utterances added in the console'),
});
export type Lesson = z.infer<typeof lessonSchema>;

export const listUtterancesSchema = z.object({ lessonId: slugSchema.optional() });
export const utteranceSchema = z.object({
  id: z.uuid().nullable().describe("Null: of the city's files, which the console does not change"),
  lessonId: slugSchema,
  text: z.string(),
  addedBy: z.string().nullable(),
  at: timestampSchema.nullable(),
});
export type Utterance = z.infer<typeof utteranceSchema>;

/** Words to learn, and what they are about. */
export const additionSchema = z.object({
  lessonId: slugSchema,
  text: textSchema(limits.utteranceLength),
  turnId: z.uuid().nullable().default(null).describe('Where a citizen said so'),
});
export type Addition = z.infer<typeof additionSchema>;
export const startTrialSchema = z.object({ additions: z.array(additionSchema).min(1).max(200) });

const figuresSchema = z.object({
  count: z.number().int(),
  accuracyAt1: z.number(),
  wrongButConfident: z.number(),
});
const changeSchema = z.object({ text: z.string(), id: z.string(), was: z.string(), now: z.string() });
/** Of utterances that the bot is asked without having learnt them. Shares from 0 to 1. */
export const trialResultSchema = z.object({
  before: figuresSchema,
  after: figuresSchema,
  worse: z.array(changeSchema),
  better: z.array(changeSchema),
  additions: z.array(changeSchema),
});
/** What additions would change. It takes about half a minute: ask again until it is done. */
export const trialSchema = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'failed', 'published']),
  startedAt: timestampSchema,
  additions: z.array(additionSchema),
  result: trialResultSchema.nullable(),
});
export type Trial = z.infer<typeof trialSchema>;
export const publishTrialSchema = z.object({ trialId: z.uuid() });
