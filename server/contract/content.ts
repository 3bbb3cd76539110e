import { z } from 'zod';
import { departmentFactsSchema, serviceSchema } from './city.ts';
import { fieldSchema, limits, textSchema, timestampSchema } from './message.ts';
import { both } from './phrase.ts';
import { phrasePlaces } from './phrase-places.ts';
import { phraseKeys } from './phrases.ts';
import { slugSchema } from './slug.ts';

/** Services, departments and sentences as the console edits them: a layer over the city's files. */

/** Version 0 is what the city's files say; each save in the console makes the next. */
const versionFields = {
  version: z.number().int().nonnegative(),
  editedBy: z.string().nullable().describe("Name; null for the city's files"),
  at: timestampSchema.nullable(),
  fromFile: z.boolean().describe("Whether it is what the city's files say"),
};
/** `version` is the one that was edited: another in its place is a conflict. */
const known = { version: z.number().int().nonnegative() };
export const restoreContentSchema = z.object({
  ...known,
  restore: z.number().int().nonnegative().describe("The one to bring back; 0: what the city's files say"),
});

// ── Services ──────────────────────────────────────────────────────────────────────────────────────────────────

const longestDescription = 500;

/** What of a service can be edited. Its id, which is its Open311 code, and its protection cannot. */
export const serviceContentSchema = z.object({
  title: both(textSchema(limits.nameLength)),
  description: both(fieldSchema(longestDescription)),
  departmentId: slugSchema,
  expected: z.number().int().min(1).max(365).describe('The promise, in working days'),
  location: serviceSchema.shape.location,
  priority: z.enum(['urgent', 'high', 'normal']),
  questions: serviceSchema.shape.questions,
  active: z.boolean(),
});
export type ServiceContent = z.output<typeof serviceContentSchema>;

export const saveServiceSchema = serviceContentSchema.extend(known);
export const createServiceSchema = serviceContentSchema.extend({ id: slugSchema });
export const serviceVersionSchema = serviceContentSchema.extend(versionFields);
export type ServiceVersion = z.output<typeof serviceVersionSchema>;

export const serviceSummarySchema = z.object({
  id: slugSchema,
  title: both(z.string()),
  departmentId: slugSchema,
  expected: z.number().int(),
  questions: z.number().int().nonnegative(),
  active: z.boolean(),
  protected: z.boolean(),
  openCases: z.number().int().nonnegative(),
  ...versionFields,
});
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

/** Newest version first, the one of the city's files last; one that was made in the console has none. */
export const serviceDetailSchema = z.object({
  id: slugSchema,
  protected: z.boolean(),
  restricted: z.boolean(),
  openCases: z.number().int().nonnegative(),
  /** From how many wordings the bot knows it: of the city's files, and taught in the console. */
  wordings: z.object({ written: z.number().int(), taught: z.number().int() }),
  versions: z.array(serviceVersionSchema).min(1),
});
export type ServiceDetail = z.output<typeof serviceDetailSchema>;

// ── Departments ───────────────────────────────────────────────────────────────────────────────────────────────

const fact = fieldSchema(200).nullable();

export const departmentContentSchema = z.object({
  title: textSchema(limits.nameLength),
  email: z.email().toLowerCase().nullable().describe('Where it answers mail that is forwarded to it'),
  contact: fact,
  phone: fact,
  place: fact,
  hours: fact,
  active: departmentFactsSchema.shape.active.unwrap(),
});
export type DepartmentContent = z.output<typeof departmentContentSchema>;

export const saveDepartmentSchema = departmentContentSchema.extend({
  ...known,
  moveTo: slugSchema.optional().describe('With `active: false`: who takes over its open cases, services and people'),
});
export const createDepartmentSchema = departmentContentSchema.extend({ id: slugSchema });
export const departmentVersionSchema = departmentContentSchema.extend(versionFields);
export type DepartmentVersion = z.output<typeof departmentVersionSchema>;

const departmentLoad = {
  openCases: z.number().int().nonnegative(),
  services: z.array(z.object({ id: slugSchema, title: z.string() })),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
};
export const departmentSummarySchema = departmentVersionSchema.extend({ id: slugSchema, ...departmentLoad });
export type DepartmentSummary = z.infer<typeof departmentSummarySchema>;
export const departmentDetailSchema = z.object({
  id: slugSchema,
  ...departmentLoad,
  versions: z.array(departmentVersionSchema).min(1),
});
export type DepartmentDetail = z.infer<typeof departmentDetailSchema>;

// ── Sentences ─────────────────────────────────────────────────────────────────────────────────────────────────

export const phraseKeySchema = z.enum(phraseKeys);

export const savePhraseSchema = z.object({ ...known, text: both(textSchema(2_000)) });
export const phraseVersionSchema = z.object({ ...versionFields, text: both(z.string()) });
export type PhraseVersion = z.infer<typeof phraseVersionSchema>;

export const phraseSummarySchema = phraseVersionSchema.extend({
  key: phraseKeySchema,
  place: z.enum(phrasePlaces),
  original: both(z.string()).describe("What the city's files say"),
  /** Names of what is filled in. */
  variables: both(z.array(z.string())),
  maxLength: z.number().int().positive(),
});
export type PhraseSummary = z.infer<typeof phraseSummarySchema>;
export const phraseDetailSchema = z.object({
  key: phraseKeySchema,
  versions: z.array(phraseVersionSchema).min(1),
});
export type PhraseDetail = z.infer<typeof phraseDetailSchema>;
