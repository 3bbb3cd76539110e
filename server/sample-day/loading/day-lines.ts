import { z } from 'zod';

/** What whoever plays a day tells whoever loads it, a line of JSON each. */
export const dayLineSchema = z.discriminatedUnion('line', [
  z.object({
    line: z.literal('progress'),
    progress: z.number(),
    at: z.iso.datetime().transform((text) => new Date(text)),
    waiting: z.number().int(),
  }),
  z.object({ line: z.literal('rows'), table: z.string(), rows: z.array(z.record(z.string(), z.unknown())) }),
  z.object({ line: z.literal('end'), contacts: z.number().int(), cases: z.number().int() }),
]);
/** As it is read, and as it is told. */
export type DayLine = z.output<typeof dayLineSchema>;
export type ToldLine = z.input<typeof dayLineSchema>;
export type ProgressLine = Extract<DayLine, { line: 'progress' }>;
