import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { cursorsSchema, emailAddressSchema, messageSchema, timestampSchema } from './message.ts';
import { messagingStandingSchema } from './messaging.ts';

/** Several contacts that are one matter. */

/** Makes a contact part of another. The rest is asked about when the first try is refused, and then said here. */
export const mergeTicketsSchema = z.object({
  intoId: z.uuid().describe('The contact that it goes on in; one that is itself part of another stands for that one'),
  evenIfHeld: z.boolean().default(false).describe('Somebody else has it in their hands, and who supervises takes it'),
  otherPerson: z.boolean().default(false).describe('They are of two people, and stay so'),
});

/** How an answer by mail would leave. */
export const emailStandingSchema = z.object({
  from: emailAddressSchema,
  to: z.array(emailAddressSchema),
  cc: z.array(emailAddressSchema),
  subject: z.string(),
  signature: z.string(),
});

/** A conversation of a contact that became part of another: what is said in it belongs to that one from then on. */
export const joinedConversationSchema = z.object({
  id: z.uuid(),
  number: z.number().int().describe('Of the contact that brought it'),
  channel: channelNameSchema,
  citizenName: z.string().nullable(),
  address: z.string().describe('Whom an answer reaches there'),
  /** The newest, oldest first; more by `/conversations/:id/messages?before=`. */
  messages: z.array(messageSchema),
  cursors: cursorsSchema,
  hasEarlier: z.boolean(),
  email: emailStandingSchema.nullable(),
  messaging: messagingStandingSchema.nullable(),
});
export type JoinedConversation = z.infer<typeof joinedConversationSchema>;

/** A contact that became part of another. */
export const mergedContactSchema = z.object({
  ticketId: z.uuid(),
  number: z.number().int(),
  channel: channelNameSchema,
  citizenName: z.string().nullable(),
  by: z.string(),
  at: timestampSchema,
  undoable: z.boolean().describe('Nothing was written since, and nothing else was merged'),
});
export type MergedContact = z.infer<typeof mergedContactSchema>;
