import { z } from 'zod';
import { caseStatusSchema, caseSummarySchema } from './case-summary.ts';
import { channelNameSchema } from './channel.ts';
import { attachmentSchema, citizenSchema } from './http.ts';
import { authorSchema, fieldSchema, limits, textSchema, timestampSchema } from './message.ts';
import { placeSchema, pointSchema } from './place.ts';
import { caseAnswerSchema, givenAnswerSchema, MOST_QUESTIONS } from './service-form.ts';
import { prioritySchema, slugSchema } from './slug.ts';

/** Service requests: what a citizen reports, followed by its folio until it is solved. */

export { type CaseSummary, caseStatusSchema, caseSummarySchema } from './case-summary.ts';

/** `VER-2026-000123`: prefix of the city, year, number in that year. Typed in any case, with or without hyphens. */
export const folioSchema = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replace(/[^A-Z0-9]/g, ''))
  .transform((text) =>
    text.replace(
      /^([A-Z]{2,5})(20\d\d)(\d{1,9})$/,
      (_, prefix, year, number) => `${prefix}-${year}-${number.padStart(6, '0')}`,
    ),
  )
  .pipe(z.string().regex(/^[A-Z]{2,5}-20\d\d-\d{6,9}$/));

/** What opens a folio to who filed or follows it: eight signs of Crockford's base 32, shown as `K7QX-4M2P`. */
export const caseSecretSchema = z
  .string()
  .max(40)
  .transform((text) =>
    text
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .replace(/O/g, '0')
      .replace(/[IL]/g, '1'),
  )
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{8}$/));

/** Somebody for whom another person files. */
export const affectedPersonSchema = z.object({
  name: fieldSchema(limits.nameLength, 1),
  contact: fieldSchema(200).nullable(),
});

/** How somebody in danger can be reached without being found out. Kept with protected cases only. */
export const safeContactSchema = z.object({
  channel: z.enum(['none', 'this_chat', 'phone', 'email', 'other']).describe('none: they write to us'),
  address: fieldSchema(320).nullable(),
  /** In their words: «de 9 a 12, cuando él trabaja». */
  hours: fieldSchema(200).nullable(),
  /** How to call them; need not be their name. */
  name: fieldSchema(limits.nameLength).nullable(),
  voicemail: z.boolean().describe('Whether a message may be left'),
});
export type SafeContact = z.infer<typeof safeContactSchema>;

/** What it takes to open a case. */
export const caseDraftSchema = z.object({
  serviceId: slugSchema,
  description: textSchema(limits.textLength),
  place: placeSchema.nullable(),
  attachmentIds: z.array(z.uuid()).max(10).default([]),
  affected: affectedPersonSchema.nullable().default(null),
  safeContact: safeContactSchema.nullable().default(null),
  answers: z.array(givenAnswerSchema).max(MOST_QUESTIONS).optional().describe('To what the service asks'),
});
export type CaseDraft = z.output<typeof caseDraftSchema>;

/** One line of a case's story. */
export const caseEventSchema = z.object({
  id: z.number().int().positive(),
  type: z.enum([
    'opened',
    'status_changed',
    'edited',
    'note',
    'update',
    'photo_added',
    'linked',
    'followed',
    'follow_up_set',
    'follow_up_done',
    'reopened_by_citizen',
    'read',
  ]),
  at: timestampSchema,
  actor: authorSchema,
  /** Whether citizens see it. */
  public: z.boolean(),
  /** `status`, `text`, `reason`, `owner`, `changes`, by type. */
  data: z.record(z.string(), z.unknown()),
});
export type CaseEvent = z.infer<typeof caseEventSchema>;

export const caseDetailSchema = caseSummarySchema.extend({
  citizen: citizenSchema.pick({ id: true, name: true, phone: true, email: true }).nullable(),
  affected: affectedPersonSchema.nullable(),
  safeContact: safeContactSchema.nullable(),
  /** Who is responsible, when it is not the city. */
  owner: z.string().nullable(),
  reason: z.string().nullable().describe('Why it was rejected'),
  attachments: z.array(attachmentSchema),
  /** To what its service asked when it was opened. */
  answers: z.array(caseAnswerSchema),
  /** Oldest first. */
  events: z.array(caseEventSchema),
  tickets: z.array(
    z.object({ id: z.uuid(), number: z.number().int(), channel: channelNameSchema, at: timestampSchema }),
  ),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;

/** A case near another, with enough to judge whether it is the same; nothing of who filed it. */
export const nearbyCaseSchema = z.object({
  id: z.uuid(),
  folio: z.string(),
  serviceId: slugSchema,
  service: z.string(),
  status: caseStatusSchema,
  /** Street or corner and colonia, without a house number. */
  where: z.string(),
  metres: z.number().int().nonnegative(),
  openedAt: timestampSchema,
  followers: z.number().int().nonnegative(),
});
export type NearbyCase = z.infer<typeof nearbyCaseSchema>;
export const nearbyCaseListSchema = z.object({ cases: z.array(nearbyCaseSchema) });

// ── What operators and departments do ─────────────────────────────────────────────────────────────────────────

export const createCaseSchema = caseDraftSchema.extend({
  clientId: z.uuid().describe('A retry with the same id is the same case'),
  ticketId: z.uuid().optional().describe('The contact it is opened from; its citizen is who reports'),
  /** Keep a place that lies outside or could not be found, for a person to look at. */
  triage: z.boolean().default(false),
});
export const editCaseSchema = z
  .object({
    serviceId: slugSchema,
    description: textSchema(limits.textLength),
    place: placeSchema.nullable(),
    departmentId: slugSchema,
    priority: prioritySchema,
    affected: affectedPersonSchema.nullable(),
    addAttachmentIds: z.array(z.uuid()).max(10),
  })
  .partial()
  .extend({ version: z.number().int(), triage: z.boolean().default(false) })
  .describe('Absent fields stay as they are');
export const changeCaseStatusSchema = z.object({
  status: caseStatusSchema,
  version: z.number().int(),
  /** What citizens are told besides the new status. */
  update: textSchema(2_000).optional(),
  /** With `rejected`: why. */
  reason: textSchema(2_000).optional(),
  /** With `not_ours`: who is. */
  owner: textSchema(300).optional(),
});
export const addCaseTextSchema = z.object({ clientId: z.uuid(), text: textSchema(2_000) });
export const followForSchema = z.object({ ticketId: z.uuid() });

export const caseFiltersSchema = z.object({
  q: fieldSchema(200).optional().describe('Folio, words of the description, address'),
  state: z.enum(['open', 'closed', 'all']).default('open'),
  status: caseStatusSchema.optional(),
  serviceId: slugSchema.optional(),
  departmentId: slugSchema.optional(),
  coloniaId: slugSchema.optional(),
  late: z.stringbool().optional().describe('Open and past its promise'),
  triage: z.stringbool().optional().describe('Its place is to be looked at'),
});
export const listCasesSchema = caseFiltersSchema.extend({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(50),
});
export const casePageSchema = z.object({
  cases: z.array(caseSummarySchema),
  nextCursor: z.string().nullable(),
  total: z.number().int().nonnegative().describe('That match the filters; 10,000 stands for as many or more'),
});
export type CasePage = z.infer<typeof casePageSchema>;
/** Columns of the board: each status with its first cases, most urgent promise first. */
export const caseBoardSchema = z.object({
  columns: z.array(z.object({ status: caseStatusSchema, total: z.number().int(), cases: z.array(caseSummarySchema) })),
});
export type CaseBoard = z.infer<typeof caseBoardSchema>;
/** Dots of the map, at most 5,000, newest first. */
export const caseMapSchema = z.object({
  cases: z.array(
    z.object({
      id: z.uuid(),
      folio: z.string(),
      serviceId: slugSchema,
      status: caseStatusSchema,
      late: z.boolean(),
      point: pointSchema,
    }),
  ),
  total: z.number().int(),
});
export type CaseMap = z.infer<typeof caseMapSchema>;
export const nearbyCasesSchema = z.object({
  serviceId: slugSchema,
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
});

// ── What citizens see ─────────────────────────────────────────────────────────────────────────────────────────

/** Both wrong and unknown are answered `case_not_found`. */
export const folioKeySchema = z.object({ folio: folioSchema, secret: caseSecretSchema });
export const reopenByCitizenSchema = folioKeySchema.extend({ text: textSchema(2_000) });
/** A case as whoever has its secret sees it: no names, and the words of its reporter only for the reporter. */
export const publicCaseSchema = z.object({
  folio: z.string(),
  service: z.object({ es: z.string(), en: z.string() }),
  department: z.string(),
  status: caseStatusSchema,
  owner: z.string().nullable(),
  reason: z.string().nullable(),
  where: z.string().nullable(),
  point: pointSchema.nullable(),
  description: z.string().nullable().describe('Null for those who only follow it'),
  answers: z.array(caseAnswerSchema).describe('Empty for those who only follow it'),
  openedAt: timestampSchema,
  promisedFor: z.iso.date(),
  workingDays: z.number().int(),
  closedAt: timestampSchema.nullable(),
  followers: z.number().int().nonnegative(),
  /** Oldest first. */
  story: z.array(z.object({ at: timestampSchema, status: caseStatusSchema.nullable(), text: z.string().nullable() })),
  mayReopen: z.boolean(),
});
export type PublicCase = z.infer<typeof publicCaseSchema>;
