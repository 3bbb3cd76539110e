import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { timestampSchema } from './message.ts';
import { slugSchema } from './slug.ts';

/**
 * What a contact came to; each has exactly one. bot: the bot still has it · contained: it ended with the bot ·
 * left_bot: hung up on the bot without a word · waiting: in a queue, nobody has answered yet · answered: by a person ·
 * abandoned: left a queue without a person · short_abandoned: the same, sooner than anybody can answer · dismissed: taken
 * out of the queue by the city without an answer, as spam is · outbound: begun by a call of the city
 */
export const contactOutcomes = [
  'bot',
  'contained',
  'left_bot',
  'waiting',
  'answered',
  'abandoned',
  'short_abandoned',
  'dismissed',
  'outbound',
] as const;
export const contactOutcomeSchema = z.enum(contactOutcomes);
export type ContactOutcome = z.infer<typeof contactOutcomeSchema>;

/** What is counted of contacts, each by the moment it began. Every one adds up, whatever it is parted by. */
export const contactMeasures = [
  'contacts',
  'outbound',
  'withBot',
  'contained',
  'leftBot',
  'inBot',
  'queued',
  'answered',
  'takenFromBot',
  'waiting',
  'abandoned',
  'shortAbandoned',
  'dismissed',
  'inTime',
  'abandonedLate',
  'waitingLate',
  'waitedSeconds',
  'handled',
  'activeSeconds',
  'holdSeconds',
  'wrapSeconds',
  'transferred',
  'rated',
  'satisfied',
  'resolvable',
  'resolved',
  'botTurns',
  'botMissed',
] as const;
/** Of people, from when they were there and when they had a contact in their hands. */
export const peopleMeasures = ['staffedSeconds', 'busySeconds'] as const;
/** Of cases, from their stories. */
export const caseMeasures = ['promised', 'promisesKept', 'openCases', 'openCaseDays'] as const;
export const measures = [...contactMeasures, ...peopleMeasures, ...caseMeasures] as const;
export const measureSchema = z.enum(measures);
export type Measure = z.infer<typeof measureSchema>;
/** Missing is what cannot be parted so; 0 is none. */
export type Measured = Partial<Record<Measure, number>>;

export const reportGroupings = [
  'none',
  'hour',
  'day',
  'queue',
  'channel',
  'operator',
  'topic',
  'colonia',
  'department',
] as const;
export const reportGroupingSchema = z.enum(reportGroupings);
export type ReportGrouping = z.infer<typeof reportGroupingSchema>;

const localDateSchema = z.iso.date().describe('A day of the city, `yyyy-mm-dd`');
/** From the beginning of one day of the city to the end of another. */
export const reportPeriodSchema = z.object({ from: localDateSchema, to: localDateSchema });
export type ReportPeriod = z.infer<typeof reportPeriodSchema>;
/** The longest period, in days: a leap year and a comparison's week. */
export const LONGEST_PERIOD_DAYS = 373;

/** Which contacts are counted; what is absent is not asked. An empty text: those that have none. */
export const reportFilterSchema = z.object({
  queue: z.union([slugSchema, z.literal('')]).optional(),
  channel: channelNameSchema.optional(),
  operator: z.string().max(60).optional(),
  topic: z.union([slugSchema, z.literal('')]).optional(),
  colonia: z.string().max(80).optional(),
});
export type ReportFilter = z.infer<typeof reportFilterSchema>;

export const reportQuerySchema = z.object({
  ...reportPeriodSchema.shape,
  ...reportFilterSchema.shape,
  by: reportGroupingSchema.default('none'),
  compareFrom: localDateSchema.optional(),
  compareTo: localDateSchema.optional(),
});
export type ReportQuery = z.output<typeof reportQuerySchema>;

const measuredSchema = z.partialRecord(measureSchema, z.number().nonnegative());
const reportGroupSchema = z.object({
  key: z.string().describe('Of the queue, operator, … or the hour or day; empty: without one'),
  label: z.string(),
  measured: measuredSchema,
});
export type ReportGroup = z.infer<typeof reportGroupSchema>;

const periodFiguresSchema = z.object({
  period: reportPeriodSchema,
  groups: z.array(reportGroupSchema),
  total: measuredSchema,
});
export type PeriodFigures = z.infer<typeof periodFiguresSchema>;

export const reportSchema = z.object({
  by: reportGroupingSchema,
  ...periodFiguresSchema.shape,
  /** The other period, by the same parts. */
  before: periodFiguresSchema.nullable(),
  /**
   * Protected contacts are in the figures of whoever has the grant. Others are told how many there were, in steps of
   * five, and of fewer than five nothing; null: they are counted.
   */
  protectedAtLeast: z.number().int().nonnegative().nullable(),
  /** Up to where stories have been read. */
  asOf: timestampSchema,
});
export type Report = z.infer<typeof reportSchema>;

export const reportRowsQuerySchema = z.object({
  ...reportPeriodSchema.shape,
  ...reportFilterSchema.shape,
  measure: measureSchema,
  by: reportGroupingSchema.default('none'),
  key: z.string().max(80).optional().describe('The group'),
  cursor: z.string().max(200).optional(),
});
export type ReportRowsQuery = z.output<typeof reportRowsQuerySchema>;

export const contactRowSchema = z.object({
  ticketId: z.uuid(),
  number: z.number().int(),
  channel: channelNameSchema,
  queue: z.string().nullable(),
  operator: z.string().nullable(),
  topic: z.string().nullable(),
  outcome: contactOutcomeSchema,
  beganAt: timestampSchema,
  waitedSeconds: z.number().int(),
  handledSeconds: z.number().int(),
  rating: z.number().int().nullable(),
});
export type ContactRow = z.infer<typeof contactRowSchema>;

export const caseRowSchema = z.object({
  caseId: z.uuid(),
  folio: z.string(),
  service: z.string(),
  department: z.string(),
  openedAt: timestampSchema,
  promisedFor: localDateSchema,
  closedAt: timestampSchema.nullable(),
});
export type ReportCaseRow = z.infer<typeof caseRowSchema>;

/** What a number is made of; its figures about people are made of stretches of time, which have no rows. */
export const reportRowsSchema = z.object({
  contacts: z.array(contactRowSchema),
  cases: z.array(caseRowSchema),
  nextCursor: z.string().nullable(),
});
export type ReportRows = z.infer<typeof reportRowsSchema>;

export const exportQuerySchema = z.object({ ...reportQuerySchema.shape, format: z.enum(['csv', 'xlsx']) });
