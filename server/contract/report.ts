import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { localeSchema } from './errors.ts';
import { timestampSchema } from './message.ts';
import { contactOutcomes, measures, reportFilters, reportGroupings } from './report-terms.ts';
import { slugSchema } from './slug.ts';

export const contactOutcomeSchema = z.enum(contactOutcomes);
export const measureSchema = z.enum(measures);
export const reportGroupingSchema = z.enum(reportGroupings);

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

/** One filter of a report with its value in words. */
export const narrowedSchema = z.object({ by: z.enum(reportFilters), key: z.string(), label: z.string() });
export type Narrowed = z.infer<typeof narrowedSchema>;

export const reportSchema = z.object({
  by: reportGroupingSchema,
  narrowed: z.array(narrowedSchema).describe('What it is narrowed to'),
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

export const monthQuerySchema = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .describe('`yyyy-mm`'),
  locale: localeSchema.optional().describe('Absent: that of the reader'),
});

export const exportQuerySchema = z.object({ ...reportQuerySchema.shape, format: z.enum(['csv', 'xlsx']) });
