import { z } from 'zod';
import { LEAST_DAYS, MOST_DAYS, retentionClasses, subjectRequestKinds, subjectRequestStates } from './data-words.ts';
import { textSchema } from './message.ts';
import { phraseSchema } from './phrase.ts';

const timestampSchema = z.iso.datetime();

// ── How long data are kept ────────────────────────────────────────────────────────────────────────────────────

export const retentionClassSchema = z.enum(retentionClasses);
/** Whole days; null: for ever. */
export const retentionDaysSchema = z.number().int().min(LEAST_DAYS).max(MOST_DAYS).nullable();

/** What a city's content says of a class: for how long, and by which ground. */
export const retentionDefaultSchema = z.object({ days: retentionDaysSchema, ground: phraseSchema });

export const retentionRuleSchema = z.object({
  id: retentionClassSchema,
  days: retentionDaysSchema,
  defaultDays: retentionDaysSchema.describe("What the city's content says"),
  ground: phraseSchema.nullable().describe('Why so long, in a sentence of the city'),
  doneUpTo: timestampSchema.nullable().describe('All that is older has been dealt with'),
});
export type RetentionRule = z.infer<typeof retentionRuleSchema>;

export const retentionSchema = z.object({
  rules: z.array(retentionRuleSchema),
  runningSince: timestampSchema.nullable(),
  nextAt: timestampSchema.describe('When the rules are applied by themselves'),
});
export type Retention = z.infer<typeof retentionSchema>;

export const retentionPreviewSchema = z.object({
  id: retentionClassSchema,
  before: timestampSchema.nullable().describe('What is older goes; null: nothing does'),
  due: z.number().int().describe('What would go now'),
  held: z.number().int().describe('What stays in spite of its age: on hold, or under a request that is not finished'),
  soon: z.number().int().describe('What would follow within thirty days'),
});
export type RetentionPreview = z.infer<typeof retentionPreviewSchema>;

// ── Legal holds ───────────────────────────────────────────────────────────────────────────────────────────────

export const holdSchema = z.object({
  id: z.uuid(),
  citizen: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  case: z.object({ id: z.uuid(), folio: z.string() }).nullable(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: timestampSchema,
});
export type Hold = z.infer<typeof holdSchema>;
export const placeHoldSchema = z
  .object({ citizenId: z.uuid().optional(), folio: z.string().trim().max(40).optional(), reason: textSchema(500) })
  .refine(({ citizenId, folio }) => Boolean(citizenId) !== Boolean(folio), 'a person or a case');

// ── What a person asks about their data ───────────────────────────────────────────────────────────────────────

export const knownPersonSchema = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  contacts: z.number().int(),
  cases: z.number().int(),
  lastContactAt: timestampSchema.nullable(),
});
export type KnownPerson = z.infer<typeof knownPersonSchema>;

export const subjectRequestSchema = z.object({
  id: z.uuid(),
  kind: z.enum(subjectRequestKinds),
  state: z.enum(subjectRequestStates),
  person: z.object({ id: z.uuid(), name: z.string().nullable(), erased: z.boolean() }),
  askedBy: z.object({ id: z.string(), name: z.string() }),
  askedAt: timestampSchema,
  respondBy: z.iso.date().describe('The last day that the law gives for an answer'),
  confirmedBy: z.string().nullable(),
  confirmedAt: timestampSchema.nullable(),
  eraseAfter: timestampSchema.nullable().describe('Until then it can be taken back'),
  waitsFor: z.enum(['contacts', 'cases', 'hold']).nullable().describe('Why it has not gone on although it is time'),
  finishedAt: timestampSchema.nullable(),
  export: z.object({ bytes: z.number().int(), expiresAt: timestampSchema, downloads: z.number().int() }).nullable(),
});
export type SubjectRequest = z.infer<typeof subjectRequestSchema>;

export const erasurePreviewSchema = z.object({
  person: z.object({ id: z.uuid(), name: z.string().nullable() }),
  identities: z.number().int(),
  contacts: z.number().int(),
  messages: z.number().int(),
  files: z.number().int(),
  recordings: z.number().int(),
  cases: z.number().int().describe('They keep their folio; what names the person goes'),
  follows: z.number().int(),
  notes: z.number().int(),
  warnings: z.number().int(),
  merged: z.number().int().describe('People that turned out to be this one'),
  blockers: z.object({
    contacts: z.array(z.object({ id: z.uuid(), number: z.number().int() })),
    cases: z.array(z.object({ id: z.uuid(), folio: z.string(), department: z.string() })),
    holds: z.number().int(),
  }),
});
export type ErasurePreview = z.infer<typeof erasurePreviewSchema>;

export const askForDataSchema = z.object({ citizenId: z.uuid(), kind: z.enum(subjectRequestKinds) });
export const exportLinkSchema = z.object({
  url: z.string().describe('Opens once, within its time'),
  expiresAt: timestampSchema,
});
