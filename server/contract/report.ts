import { z } from 'zod';

/**
 * What a contact came to; each has exactly one. bot: the bot still has it · contained: it ended with the bot ·
 * left_bot: hung up on the bot without a word · waiting: in a queue, nobody has answered yet · answered: by a person ·
 * abandoned: left a queue without a person · short_abandoned: the same, sooner than anybody can answer · dismissed: taken
 * out of the queue by the city without an answer, as spam is · outbound: begun by a call of the city
 */
export const contactOutcomes = [
  'bot',
  'contained',
  'left_bot',
  'waiting',
  'answered',
  'abandoned',
  'short_abandoned',
  'dismissed',
  'outbound',
] as const;
export const contactOutcomeSchema = z.enum(contactOutcomes);
export type ContactOutcome = z.infer<typeof contactOutcomeSchema>;
