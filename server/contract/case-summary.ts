import { z } from 'zod';
import { caseStatuses } from './case-status.ts';
import { channelNameSchema } from './channel.ts';
import { timestampSchema } from './message.ts';
import { shownPlaceSchema } from './place.ts';
import { prioritySchema, slugSchema } from './slug.ts';

export const caseStatusSchema = z.enum(caseStatuses);

/**
 * A row of a list, a card of the board. Protected cases are shown only to those with the grant, and even to them
 * without words and place: those are read by opening the case, which is logged.
 */
export const caseSummarySchema = z.object({
  id: z.uuid(),
  folio: z.string(),
  serviceId: slugSchema,
  service: z.string().describe('Its title in Spanish'),
  departmentId: slugSchema,
  status: caseStatusSchema,
  priority: prioritySchema,
  description: z.string(),
  place: shownPlaceSchema.nullable(),
  protected: z.boolean(),
  channel: channelNameSchema.nullable().describe('Where it was filed; null: by an operator or Open311'),
  openedAt: timestampSchema,
  promisedFor: z.iso.date().describe('Last local day of the promise'),
  workingDays: z.number().int().describe('The promise in working days'),
  closedAt: timestampSchema.nullable(),
  followers: z.number().int().nonnegative().describe('People who follow it besides who filed it'),
  photos: z.number().int().nonnegative(),
  updatedAt: timestampSchema,
  version: z.number().int().nonnegative().describe('Grows with every change; a lower one is older news'),
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;
