import { z } from 'zod';
import { caseSummarySchema } from './case-summary.ts';
import { citizenSchema, ticketSummarySchema } from './http.ts';
import { limits, timestampSchema } from './message.ts';
import { warningSchema } from './warning.ts';

/** Everything about one person on one screen. */

/** One contact of the timeline; of one that the reader may not open nothing that was said is told. */
export const citizenContactSchema = ticketSummarySchema.extend({ mayOpen: z.boolean() });
export type CitizenContact = z.infer<typeof citizenContactSchema>;

export const citizenContactsSchema = z.object({
  contacts: z.array(citizenContactSchema).describe('On all channels, newest first'),
  next: z.number().int().positive().nullable().describe('`before` of the page that follows; null: there is none'),
});
export type CitizenContacts = z.infer<typeof citizenContactsSchema>;

export const listCitizenContactsSchema = z.object({
  before: z.coerce.number().int().positive().optional().describe('Number of the last contact of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize).default(20),
});

/** A note that somebody left in one of their contacts. */
export const citizenNoteSchema = z.object({
  id: z.number().int().positive(),
  ticketId: z.uuid(),
  ticketNumber: z.number().int().positive(),
  text: z.string(),
  by: z.string().nullable(),
  at: timestampSchema,
});
export type CitizenNote = z.infer<typeof citizenNoteSchema>;

export const citizenPageSchema = z.object({
  citizen: citizenSchema,
  warnings: z.array(warningSchema).describe('Those that hold now, the first to end first'),
  notes: z.array(citizenNoteSchema).describe('Of contacts that the reader may open, newest first'),
  cases: z.array(caseSummarySchema).describe('Filed or followed, newest first'),
  protected: z.boolean().describe('Something of this person is protected; told to people with the grant alone'),
  ...citizenContactsSchema.shape,
});
export type CitizenPage = z.infer<typeof citizenPageSchema>;
