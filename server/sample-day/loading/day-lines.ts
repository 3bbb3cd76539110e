import { z } from 'zod';

/** What whoever plays a day tells whoever loads it, a line of JSON each. */
export const dayLineSchema = z.discriminatedUnion('line', [
  z.object({ line: z.literal('progress'), progress: z.number() }),
  z.object({ line: z.literal('rows'), table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) }),
  z.object({ line: z.literal('end'), contacts: z.number().int(), cases: z.number().int() }),
]);
export type DayLine = z.infer<typeof dayLineSchema>;
