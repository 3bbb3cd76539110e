import { z } from 'zod';
import { caseSummarySchema } from './case-summary.ts';
import { channelNameSchema } from './channel.ts';
import { localeSchema } from './errors.ts';
import { closeSchema, snoozeSchema, ticketSummarySchema, transferSchema } from './http.ts';
import { fieldSchema, limits, timestampSchema } from './message.ts';
import { phraseSchema } from './phrase.ts';
import { prioritySchema, slugSchema } from './slug.ts';
import { mergeTicketsSchema } from './ticket-merge.ts';

/** Lists of contacts: searched, filtered, kept as views, and worked on many at a time. */

export const ticketViewSchema = z.enum(['mine', 'waiting', 'snoozed', 'closed', 'all']);
export type TicketView = z.infer<typeof ticketViewSchema>;

/** What of a filter may be chosen at once. */
const CHOICES = 20;
const choices = <S extends z.ZodType>(each: S) => z.array(each).min(1).max(CHOICES);

/** Everything a list can be narrowed by; of a list of values one must fit. Absent: not narrowed. */
export const ticketFiltersSchema = z.object({
  view: ticketViewSchema.default('all'),
  q: fieldSchema(200).optional().describe('Words, names, folio, number of the contact, telephone in any form, e-mail'),
  channel: choices(channelNameSchema).optional(),
  queueId: choices(slugSchema).optional(),
  operatorId: choices(z.string().min(1).max(60)).optional(),
  disposition: choices(slugSchema).optional(),
  priority: choices(prioritySchema).optional(),
  rating: choices(z.number().int().min(1).max(5)).optional(),
  language: localeSchema.optional(),
  hasCase: z.boolean().optional(),
  unread: z.boolean().optional().describe('Somebody wrote and nobody has read it'),
  from: z.iso.date().optional().describe("First day on which they began, in the city's time"),
  to: z.iso.date().optional().describe('Last such day'),
});
export type TicketFilters = z.output<typeof ticketFiltersSchema>;

/** In an address, values of a list stand with commas between them. */
const written = z
  .string()
  .max(2_000)
  .transform((text) => text.split(',').filter(Boolean));
const listed = <S extends z.ZodType<string[], string[]>>(schema: S) => written.pipe(schema).optional();
const numbers = <S extends z.ZodType<number[], number[]>>(schema: S) =>
  written
    .transform((values) => values.map(Number))
    .pipe(schema)
    .optional();
const flag = z
  .enum(['true', 'false'])
  .transform((value) => value === 'true')
  .optional();

const { shape } = ticketFiltersSchema;
export const listTicketsSchema = z.object({
  ...shape,
  channel: listed(shape.channel.unwrap()),
  queueId: listed(shape.queueId.unwrap()),
  operatorId: listed(shape.operatorId.unwrap()),
  disposition: listed(shape.disposition.unwrap()),
  priority: numbers(shape.priority.unwrap()),
  rating: numbers(shape.rating.unwrap()),
  hasCase: flag,
  unread: flag,
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
});

/** Some words of what was found, those that were looked for marked. */
export const excerptSchema = z.array(z.object({ text: z.string(), hit: z.boolean() }));
export type Excerpt = z.infer<typeof excerptSchema>;

export const ticketPageSchema = z.object({
  tickets: z.array(ticketSummarySchema),
  nextCursor: z.string().nullable(),
  counts: z.object({ mine: z.number().int(), waiting: z.number().int(), snoozed: z.number().int() }),
  excerpts: z.record(z.uuid(), excerptSchema).describe('Of a search: why each was found, as far as words can tell'),
});
export type TicketPage = z.infer<typeof ticketPageSchema>;

// ── The command bar ───────────────────────────────────────────────────────────────────────────────────────────

export const findSchema = z.object({ q: fieldSchema(200, 1) });
/** A few of each kind, the newest first. */
export const findingsSchema = z.object({
  tickets: z.array(ticketSummarySchema),
  excerpts: z.record(z.uuid(), excerptSchema),
  /** People, by the newest of their contacts that the reader may see. */
  citizens: z.array(z.object({ id: z.uuid(), name: z.string().nullable(), known: z.string(), ticketId: z.uuid() })),
  cases: z.array(caseSummarySchema),
  articles: z.array(z.object({ id: slugSchema, title: phraseSchema })),
});
export type Findings = z.infer<typeof findingsSchema>;

// ── Saved views ───────────────────────────────────────────────────────────────────────────────────────────────

/** A count says no more than this. */
export const COUNTED_TO = 99;

export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  filters: ticketFiltersSchema,
  shared: z.boolean().describe('Everybody at the desk has it; supervisors share'),
  mine: z.boolean(),
  count: z
    .number()
    .int()
    .describe(`Contacts in it, ${COUNTED_TO + 1} for more than ${COUNTED_TO}`),
});
export type SavedView = z.infer<typeof savedViewSchema>;
export const saveViewSchema = z.object({
  name: fieldSchema(60, 1),
  filters: ticketFiltersSchema,
  shared: z.boolean().default(false),
});

// ── Many at a time ────────────────────────────────────────────────────────────────────────────────────────────

export const BULK_MOST = 200;
export const bulkActionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('transfer'), to: transferSchema }),
  closeSchema.extend({ type: z.literal('close') }),
  snoozeSchema.extend({ type: z.literal('snooze') }),
  z.object({ type: z.literal('priority'), priority: prioritySchema }),
  mergeTicketsSchema.extend({ type: z.literal('merge') }),
]);
export type BulkAction = z.output<typeof bulkActionSchema>;
export const bulkSchema = z.object({
  ids: z.array(z.uuid()).min(1).max(BULK_MOST),
  action: bulkActionSchema,
});
/** What became of each: some may be done though others cannot. */
export const bulkResultSchema = z.object({
  /** Takes back what was done, while it is still possible; null: nothing was. */
  undoId: z.uuid().nullable(),
  undoUntil: timestampSchema.nullable(),
  done: z.array(z.uuid()),
  refused: z.array(z.object({ id: z.uuid(), code: z.string(), message: z.string() })),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;
