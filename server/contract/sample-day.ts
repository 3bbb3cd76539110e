import { z } from 'zod';
import { timestampSchema } from './message.ts';

/** A day of an invented city, played by the program itself, to see the console alive before anybody real has written. */
export const sampleDaySchema = z.object({
  /** none: there is none · loading: it is being played · loaded: its contacts are there · failed: see `reason` */
  state: z.enum(['none', 'loading', 'loaded', 'failed']),
  progress: z.number().min(0).max(1).describe('Of what there is to do while it is loading'),
  playedUntil: timestampSchema.nullable().describe('What time it is in it, while it is loading'),
  waiting: z.number().int().nonnegative().describe('Who waits for a person in it at that time'),
  startedAt: timestampSchema.nullable(),
  beginsAt: timestampSchema.nullable(),
  endsAt: timestampSchema.nullable(),
  contacts: z.number().int().nonnegative().describe('How many came with it'),
  cases: z.number().int().nonnegative(),
  startedByName: z.string().nullable(),
  reason: z.string().nullable().describe('Why it could not be loaded, for the log'),
});
export type SampleDay = z.infer<typeof sampleDaySchema>;

/** How many rows of which tables went away. */
export const removedSampleDaySchema = z.object({
  rows: z.record(z.string(), z.number().int().nonnegative()),
});
export type RemovedSampleDay = z.infer<typeof removedSampleDaySchema>;

export const loadSampleDaySchema = z.object({
  seed: z.number().int().min(0).max(0xffff_ffff).default(1).describe('Another seed is another day'),
  hours: z.number().min(0.5).max(24).default(24).describe('Only the last of it'),
  scale: z.number().min(0.02).max(1).default(1).describe('Share of its contacts and of its people'),
});
export type LoadSampleDay = z.output<typeof loadSampleDaySchema>;

/** Accounts of a sample lead nowhere, so that nothing that is written into it can reach anybody. */
const PREFIX = 'sample-';
export const sampleAccount = (accountId: string): string => `${PREFIX}${accountId}`;
export const isSampleAccount = (accountId: string): boolean => accountId.startsWith(PREFIX);
