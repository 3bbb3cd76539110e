import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { slugSchema } from './slug.ts';

/** What a day is expected to bring, who is needed for it, and what happened. */

export const forecastQuerySchema = z.object({
  day: z.iso.date().describe('A day of the city'),
  queue: slugSchema.optional(),
  channel: channelNameSchema.optional(),
  atOnce: z.coerce.number().int().min(1).max(6).default(1).describe('Contacts one person has at once'),
});
export type ForecastQuery = z.output<typeof forecastQuerySchema>;

export const forecastSlotSchema = z.object({
  /** Local time at which the half hour begins, `hh:mm`. */
  from: z.string(),
  expected: z.number().nonnegative(),
  agents: z.number().int().nonnegative().describe('By Erlang C: nobody gives up'),
  agentsWithAbandonment: z.number().int().nonnegative().describe('By simulation: some give up'),
  serviceLevel: z.number().min(0).max(1).nullable().describe('Expected with `agents`; null without demand'),
  happened: z
    .object({
      contacts: z.number().int().nonnegative(),
      /** Mean number of people available. */
      people: z.number().nonnegative(),
    })
    .nullable()
    .describe('Null while it is still to come'),
});
export type ForecastSlot = z.infer<typeof forecastSlotSchema>;

export const forecastSchema = z.object({
  day: z.iso.date(),
  holiday: z.boolean(),
  basis: z.array(z.iso.date()).describe('Days that the forecast is drawn from; none: nothing is known yet'),
  trend: z.number(),
  handleSeconds: z.number().int().nonnegative(),
  patienceSeconds: z.number().int().positive(),
  promised: z.object({ share: z.number(), seconds: z.number().int() }),
  slots: z.array(forecastSlotSchema),
});
export type Forecast = z.infer<typeof forecastSchema>;
