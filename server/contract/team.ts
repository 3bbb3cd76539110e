import { z } from 'zod';
import { textSchema, timestampSchema } from './message.ts';

/** What people of the console write to each other. */

export const teamMessageSchema = z.object({
  id: z.uuid(),
  number: z.number().int().describe('Grows with every message of the line'),
  fromId: z.string(),
  toId: z.string(),
  text: z.string(),
  ticket: z
    .object({ id: z.uuid(), number: z.number().int() })
    .nullable()
    .describe('The contact it is about, while the reader may see it'),
  at: timestampSchema,
  readAt: timestampSchema.nullable().describe('When the other had it on screen'),
});
export type TeamMessage = z.infer<typeof teamMessageSchema>;

export const teamChatSchema = z.object({
  withId: z.string(),
  last: teamMessageSchema,
  unread: z.number().int(),
});
export type TeamChat = z.infer<typeof teamChatSchema>;

export const teamPageSchema = z.object({
  messages: z.array(teamMessageSchema).describe('Oldest first'),
  hasEarlier: z.boolean(),
});
export const teamPageQuerySchema = z.object({ before: z.coerce.number().int().positive().optional() });

export const sendTeamMessageSchema = z.object({
  id: z.uuid().describe('Made by who writes: sent again with it, there is one'),
  text: textSchema(2_000).refine((text) => text.trim() !== '', 'empty_message'),
  ticketId: z.uuid().nullable().default(null),
});
export const readTeamChatSchema = z.object({ upTo: z.number().int().positive() });
