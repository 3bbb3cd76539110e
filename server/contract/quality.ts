import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { fieldSchema, textSchema, timestampSchema } from './message.ts';
import { formVersionSchema } from './quality-form.ts';
import { appealStates, reviewEvents, reviewStates, SCALE_MOST } from './quality-terms.ts';
import { slugSchema } from './slug.ts';

/** Contacts that are looked at afterwards: who scores which, by which form, and what came of it. */

const COMMENT = 2_000;
const personSchema = z.object({ id: z.string(), name: z.string() });
const personIdSchema = z.string().min(1).max(60);
const scoreSchema = z.number().min(0).max(100);

export const answerSchema = z.object({
  value: z.union([z.enum(['yes', 'no', 'na']), z.number().int().min(0).max(SCALE_MOST)]),
  comment: fieldSchema(COMMENT).optional(),
  seq: z.number().int().positive().optional().describe('The message of the conversation that it is about'),
});
export type Answer = z.infer<typeof answerSchema>;
export const answersSchema = z.record(slugSchema, answerSchema);
export type ReviewAnswers = z.infer<typeof answersSchema>;

/** A contact as far as a list of reviews tells it. */
const reviewedContactSchema = z.object({
  id: z.uuid(),
  number: z.number().int(),
  channel: channelNameSchema,
  queueId: slugSchema.nullable(),
  topic: z.string().nullable(),
  closedAt: timestampSchema.nullable(),
  protected: z.boolean(),
});

export const reviewSchema = z.object({
  id: z.uuid(),
  contact: reviewedContactSchema,
  operator: personSchema.describe('Whose work it is about'),
  reviewer: personSchema,
  plan: z.object({ id: z.uuid(), name: z.string() }).nullable().describe('What drew it; null: somebody asked for it'),
  state: z.enum(reviewStates),
  begun: z.boolean().describe('It has answers already'),
  score: scoreSchema.nullable(),
  failed: z.boolean().describe('A critical question was failed'),
  appeal: z.enum(appealStates),
  createdAt: timestampSchema,
  publishedAt: timestampSchema.nullable(),
  seenAt: timestampSchema.nullable().describe('When its operator first opened it'),
  acknowledgedAt: timestampSchema.nullable(),
});
export type Review = z.infer<typeof reviewSchema>;

export const reviewEventSchema = z.object({
  id: z.number().int(),
  type: z.enum(reviewEvents),
  at: timestampSchema,
  actor: z.string().nullable(),
  text: z.string().nullable(),
  /** Of a score that an appeal changed: what it was before. */
  before: scoreSchema.nullable(),
  after: scoreSchema.nullable(),
});
export type ReviewEvent = z.infer<typeof reviewEventSchema>;

export const reviewDetailSchema = z.object({
  review: reviewSchema,
  form: formVersionSchema,
  answers: answersSchema,
  comment: z.string(),
  history: z.array(reviewEventSchema),
  /** Where the contact begins in its conversation, as a sequence number. */
  firstSeq: z.number().int().nullable(),
  may: z.object({
    score: z.boolean(),
    answer: z.boolean().describe('The reader is its operator, and has not appealed'),
    decide: z.boolean(),
  }),
});
export type ReviewDetail = z.infer<typeof reviewDetailSchema>;

/** todo: of the reader, to be scored · others: of others, to be scored · appeals: waiting for a decision · published · received: about the reader */
export const reviewViews = ['todo', 'others', 'appeals', 'published', 'received'] as const;
export const listReviewsSchema = z.object({
  view: z.enum(reviewViews).default('todo'),
  cursor: z.string().max(100).optional(),
});
export const reviewPageSchema = z.object({ reviews: z.array(reviewSchema), nextCursor: z.string().nullable() });
export type ReviewPage = z.infer<typeof reviewPageSchema>;

/** Somebody who may score contacts. */
export const reviewerSchema = personSchema.extend({
  protectedGrant: z.boolean().describe('Sees what is protected'),
});
export type ReviewerChoice = z.infer<typeof reviewerSchema>;

/** What waits for the reader. */
export const qualityStandingSchema = z.object({
  todo: z.number().int().nonnegative().describe('Contacts to score'),
  calibrations: z.number().int().nonnegative().describe('Calibrations that wait for their answers'),
  appeals: z.number().int().nonnegative(),
  unseen: z.number().int().nonnegative().describe('Published reviews about the reader, not opened yet'),
});
export type QualityStanding = z.infer<typeof qualityStandingSchema>;

export const askReviewSchema = z.object({ ticketId: z.uuid() });
/** `formVersion`: by which the answers were given; fixed by the first of them. */
export const saveAnswersSchema = z.object({
  formVersion: z.number().int().positive(),
  answers: answersSchema,
  comment: fieldSchema(COMMENT).default(''),
});
export const dropReviewSchema = z.object({ reason: textSchema(COMMENT) });
export const appealSchema = z.object({ text: textSchema(COMMENT) });
/** With `answers` the score changes to what they come to; without, it is kept. */
export const decideSchema = z.object({ text: textSchema(COMMENT), answers: answersSchema.optional() });

// ── Plans ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Which contacts a plan draws from: those for which everything named holds. Nothing named: any. */
export const planRuleSchema = z.object({
  channels: z.array(channelNameSchema).max(20).optional(),
  queueIds: z.array(slugSchema).max(50).optional(),
  topics: z.array(slugSchema).max(50).optional(),
  words: z.array(fieldSchema(80, 1)).max(20).optional().describe('At least one of these was said, or a form of it'),
  ratingAtMost: z.number().int().min(1).max(5).optional(),
  transfersAtLeast: z.number().int().min(1).max(20).optional(),
  handledSecondsAtLeast: z.number().int().min(60).max(86_400).optional(),
  promiseMissed: z.boolean().optional().describe('It was about a case whose promise was not kept'),
  reopened: z.boolean().optional(),
});
export type PlanRule = z.infer<typeof planRuleSchema>;

export const reviewPlanSchema = z.object({
  id: z.uuid(),
  name: fieldSchema(120, 1),
  active: z.boolean(),
  rule: planRuleSchema,
  perOperator: z.number().int().min(1).max(20).describe('At most so many of each operator in seven days'),
  reviewerIds: z.array(personIdSchema).min(1).max(50),
  lastDraw: z
    .object({ at: timestampSchema, candidates: z.number().int(), picked: z.number().int(), seed: z.string() })
    .nullable(),
});
export type ReviewPlan = z.infer<typeof reviewPlanSchema>;
export const savePlanSchema = reviewPlanSchema.omit({ id: true, lastDraw: true });

// ── Calibration ───────────────────────────────────────────────────────────────────────────────────────────────

export const startCalibrationSchema = z.object({
  ticketId: z.uuid(),
  reviewerIds: z.array(personIdSchema).min(2).max(12),
});

const calibrationShape = {
  id: z.uuid(),
  contact: reviewedContactSchema,
  operator: personSchema,
  startedBy: personSchema,
  startedAt: timestampSchema,
  closedAt: timestampSchema.nullable(),
  reviewers: z.array(z.object({ ...personSchema.shape, done: z.boolean() })),
};
export const calibrationSchema = z.object(calibrationShape);
export type Calibration = z.infer<typeof calibrationSchema>;

/** How far apart those who scored the same contact are. Only told once it is closed. */
export const comparisonSchema = z.object({
  /** Mean of the scores. */
  average: scoreSchema.nullable(),
  /** Of all pairs of answers to a question, the share that are the same; null: there are no pairs. */
  agreement: z.number().min(0).max(1).nullable(),
  reviewers: z.array(
    z.object({
      ...personSchema.shape,
      score: scoreSchema.nullable(),
      deviation: z.number().nullable().describe('Its score less the mean, in points'),
      comment: z.string(),
    }),
  ),
  questions: z.array(
    z.object({
      id: slugSchema,
      answers: z.record(personIdSchema, answerSchema),
      spread: z.number().min(0).max(100).nullable().describe('Between the highest and the lowest answer, in points'),
      agreement: z.number().min(0).max(1).nullable(),
    }),
  ),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export const calibrationDetailSchema = z.object({
  calibration: calibrationSchema,
  form: formVersionSchema,
  firstSeq: z.number().int().nullable(),
  /** The reader's own, while it is blind; null: the reader takes no part. */
  own: z.object({ answers: answersSchema, comment: z.string(), done: z.boolean() }).nullable(),
  comparison: comparisonSchema.nullable(),
  mayClose: z.boolean(),
});
export type CalibrationDetail = z.infer<typeof calibrationDetailSchema>;

// ── Figures ───────────────────────────────────────────────────────────────────────────────────────────────────

export const qualityFiguresQuerySchema = z.object({
  from: z.iso.date().describe('A day of the city, `yyyy-mm-dd`'),
  to: z.iso.date(),
});

/** `points`: the sum of their scores, to one decimal, so that parts add up to the whole; the average is it by `reviews`. */
const countedReviewsSchema = z.object({ reviews: z.number().int().nonnegative(), points: z.number().nonnegative() });
const namedFigureSchema = z.object({ key: z.string(), label: z.string(), ...countedReviewsSchema.shape });

export const qualityFiguresSchema = z.object({
  total: z.object({
    ...countedReviewsSchema.shape,
    failed: z.number().int().nonnegative().describe('0 for a critical question'),
    appealed: z.number().int().nonnegative(),
    changed: z.number().int().nonnegative().describe('Appeals that changed the score'),
  }),
  /** By the Monday of the week of publication. */
  weeks: z.array(namedFigureSchema),
  operators: z.array(namedFigureSchema),
  queues: z.array(namedFigureSchema),
  /** `answers`: how often it was answered and applied; `met`: the mean of how far, 0 to 1. */
  questions: z.array(
    z.object({
      id: slugSchema,
      title: z.string(),
      section: z.string(),
      answers: z.number().int().nonnegative(),
      met: z.number().min(0).max(1).nullable(),
    }),
  ),
});
export type QualityFigures = z.infer<typeof qualityFiguresSchema>;
export type NamedFigure = z.infer<typeof namedFigureSchema>;
