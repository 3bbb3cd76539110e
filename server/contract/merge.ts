import { z } from 'zod';
import { citizenSchema } from './http.ts';
import { timestampSchema } from './message.ts';

/** Why two people are probably one. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phone'), value: z.string(), vouchedFor: z.boolean().describe('By a provider, both') }),
  z.object({ kind: z.literal('email'), value: z.string(), vouchedFor: z.boolean() }),
  z.object({ kind: z.literal('name'), value: z.string() }),
  z.object({ kind: z.literal('folio'), value: z.string().describe('Both follow it') }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** Somebody who may be the same person. Suggested, never done by itself. */
export const mergeSuggestionSchema = z.object({
  citizen: citizenSchema,
  evidence: z.array(evidenceSchema).min(1),
  contacts: z.number().int().nonnegative(),
  cases: z.number().int().nonnegative().describe('Filed by them'),
  lastContactAt: timestampSchema.nullable(),
});
export type MergeSuggestion = z.infer<typeof mergeSuggestionSchema>;

export const mergeSchema = z.object({
  id: z.uuid(),
  keptId: z.uuid(),
  mergedId: z.uuid(),
  /** As they were called before. */
  mergedName: z.string().nullable(),
  evidence: z.array(evidenceSchema),
  by: z.object({ id: z.string(), name: z.string() }),
  at: timestampSchema,
  undoneAt: timestampSchema.nullable(),
});
export type Merge = z.infer<typeof mergeSchema>;

export const mergeCitizensSchema = z.object({ otherId: z.uuid() });
export const mergesSchema = z.object({
  suggestions: z.array(mergeSuggestionSchema),
  merges: z.array(mergeSchema).describe('Newest first; those undone too'),
});
