import { z } from 'zod';
import { emailSchema } from './channel.ts';
import { figureIds } from './figures.ts';
import { timestampSchema } from './message.ts';
import { narrowedSchema, reportFilterSchema, reportGroupingSchema, reportPeriodSchema } from './report.ts';
import { comparisons, MOST_RECIPIENTS, scheduledPeriods } from './report-periods.ts';

/** Reports that go out by e-mail by themselves. */

export const scheduleViewSchema = z.object({
  period: z.enum(scheduledPeriods),
  compare: z.enum(comparisons).default('before'),
  figures: z
    .array(z.enum(figureIds as [(typeof figureIds)[number], ...typeof figureIds]))
    .min(1)
    .max(figureIds.length),
  by: reportGroupingSchema.default('none'),
  filter: reportFilterSchema.default({}),
});
export type ScheduleView = z.output<typeof scheduleViewSchema>;

export const scheduleEverySchema = z.enum(['day', 'week', 'month']);
export type ScheduleEvery = z.infer<typeof scheduleEverySchema>;

/** People of the console are written to at once; an address of nobody there waits for an administrator. */
export const scheduleRecipientSchema = z.object({
  address: emailSchema,
  approved: z.boolean(),
  name: z.string().nullable().describe('Of somebody of the console'),
});
export type ScheduleRecipient = Pick<z.infer<typeof scheduleRecipientSchema>, 'address' | 'approved'>;

export const saveReportScheduleSchema = z
  .object({
    name: z.string().trim().min(1).max(80),
    view: scheduleViewSchema,
    pdf: z.boolean().default(false).describe('The report of the month as a PDF; of last month only'),
    every: scheduleEverySchema,
    onDay: z.number().int().min(1).max(31).nullable().describe('1 Monday … 7 Sunday, or the day of the month'),
    hour: z.number().int().min(0).max(23),
    minute: z.number().int().min(0).max(59).default(0),
    recipients: z.array(emailSchema).min(1).max(MOST_RECIPIENTS),
  })
  .refine(({ every, onDay }) => every === 'day' || (onDay !== null && (every === 'month' || onDay <= 7)), {
    path: ['onDay'],
  })
  .refine(({ pdf, view }) => !pdf || view.period === 'lastMonth', { path: ['pdf'] });
export type SaveReportSchedule = z.output<typeof saveReportScheduleSchema>;

export const scheduleStateSchema = z.enum(['active', 'paused', 'stopped']);
export type ScheduleState = z.infer<typeof scheduleStateSchema>;
export const stoppedBySchema = z.enum(['owner_gone', 'owner_may_not']);
export type StoppedBy = z.infer<typeof stoppedBySchema>;
export const runStateSchema = z.enum(['waiting', 'sent', 'partly', 'failed']);
export type RunState = z.infer<typeof runStateSchema>;
export const letterStateSchema = z.enum(['waiting', 'sent', 'failed']);
export type LetterState = z.infer<typeof letterStateSchema>;
/** Why nothing left, apart from what the mail server says of an address. */
export const runFaultSchema = z.enum([
  'no_server',
  'unreachable',
  'nobody_approved',
  'owner_gone',
  'owner_may_not',
  'failed',
]);
export type RunFault = z.infer<typeof runFaultSchema>;

export const reportRunSchema = z.object({
  id: z.uuid(),
  why: z.enum(['due', 'asked']),
  dueAt: timestampSchema,
  missed: z.number().int().describe('Earlier ones that this one stands for: nothing ran then'),
  state: runStateSchema,
  period: reportPeriodSchema.nullable(),
  attempts: z.number().int(),
  tryAt: timestampSchema.nullable(),
  fault: runFaultSchema.nullable(),
  finishedAt: timestampSchema.nullable(),
  letters: z.array(z.object({ address: z.string(), state: letterStateSchema, reason: z.string().nullable() })),
});
export type ReportRun = z.infer<typeof reportRunSchema>;

export const reportScheduleSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }),
  mine: z.boolean().describe('The reader may change it'),
  view: scheduleViewSchema,
  narrowed: z.array(narrowedSchema),
  pdf: z.boolean(),
  every: scheduleEverySchema,
  onDay: z.number().int().nullable(),
  hour: z.number().int(),
  minute: z.number().int(),
  recipients: z.array(scheduleRecipientSchema),
  state: scheduleStateSchema,
  stoppedBy: stoppedBySchema.nullable(),
  nextAt: timestampSchema.nullable(),
  lastRun: reportRunSchema.nullable(),
});
export type ReportSchedule = z.infer<typeof reportScheduleSchema>;

export const reportSchedulesSchema = z.object({
  schedules: z.array(reportScheduleSchema),
  /** Null: no mailbox of the city has an outgoing server, so nothing can leave. */
  sentFrom: z.string().nullable(),
  mayApprove: z.boolean(),
});
