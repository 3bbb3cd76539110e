import { z } from 'zod';
import { caseSummarySchema } from './case-summary.ts';
import { ticketSummarySchema } from './http.ts';
import { fieldSchema, timestampSchema } from './message.ts';
import { slugSchema } from './slug.ts';

/** Promises to look again at a contact or a case. */

const person = z.object({ id: z.string(), name: z.string() });

export const followUpSchema = z.object({
  id: z.uuid(),
  ticket: ticketSummarySchema.nullable(),
  case: caseSummarySchema.nullable().describe('Of one about a case, which then has no contact'),
  note: z.string(),
  dueAt: timestampSchema,
  operator: person.nullable().describe('Who is to do it'),
  queueId: slugSchema.nullable().describe('Whose people are to do it; beside a person, because they were not there'),
  by: person,
  createdAt: timestampSchema,
  done: z.object({ at: timestampSchema, by: z.string() }).nullable(),
  version: z.number().int(),
});
export type FollowUp = z.infer<typeof followUpSchema>;

export const followUpScopeSchema = z.enum(['mine', 'queues']);
export type FollowUpScope = z.infer<typeof followUpScopeSchema>;
export const followUpStateSchema = z.enum(['due', 'later', 'done']);
export type FollowUpState = z.infer<typeof followUpStateSchema>;

/** `ticketId` or `caseId`: those of one, whoever is to do them. */
export const listFollowUpsSchema = z.object({
  scope: followUpScopeSchema.default('mine'),
  state: followUpStateSchema.default('due'),
  ticketId: z.uuid().optional(),
  caseId: z.uuid().optional(),
});
export const followUpCountsSchema = z.object({
  mine: z.object({ due: z.number().int(), later: z.number().int() }),
  queues: z.object({ due: z.number().int(), later: z.number().int() }),
});
export type FollowUpCounts = z.infer<typeof followUpCountsSchema>;
export const followUpListSchema = z.object({
  followUps: z
    .array(followUpSchema)
    .describe('What is due, the longest first; the rest by when it will be or was done'),
  counts: followUpCountsSchema,
});

const target = { operatorId: z.string().max(60).optional(), queueId: slugSchema.optional() };
const noteSchema = fieldSchema(500);

export const createFollowUpSchema = z
  .object({
    id: z.uuid().describe('Made by who asks: asked again with it, there is one'),
    ticketId: z.uuid().optional(),
    caseId: z.uuid().optional(),
    dueAt: timestampSchema,
    note: noteSchema,
    ...target,
  })
  .refine(({ ticketId, caseId }) => Boolean(ticketId) !== Boolean(caseId), 'ticketId or caseId')
  .refine(({ operatorId, queueId }) => Boolean(operatorId) !== Boolean(queueId), 'operatorId or queueId');

/** Absent fields stay as they are. */
export const changeFollowUpSchema = z
  .object({ dueAt: timestampSchema.optional(), note: noteSchema.optional(), ...target })
  .refine(({ operatorId, queueId }) => !(operatorId && queueId), 'operatorId or queueId');
