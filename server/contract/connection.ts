import { z } from 'zod';
import { timestampSchema } from './message.ts';

/** What the installation is connected to, and what a look at it found. */

export const connectionKinds = [
  'chat',
  'email',
  'sms',
  'whatsapp',
  'messenger',
  'instagram',
  'voice',
  'botframework',
  'language_model',
  'speech',
  'geocoder',
  'map',
  'webhooks',
] as const;
export type ConnectionKind = (typeof connectionKinds)[number];

/** `account:sms`, `mailbox:contacto`, or the kind alone where there is one. */
export const connectionIdSchema = z
  .string()
  .regex(/^[a-z_]+(?::[a-z0-9-]+)?$/)
  .max(80);

export const connectionSchema = z.object({
  id: connectionIdSchema,
  kind: z.enum(connectionKinds),
  name: z.string(),
  address: z.string().nullable(),
  state: z.enum(['connected', 'simulated', 'off']),
  /** Names of settings that it takes and that are not there; their values are never shown. */
  missing: z.array(z.string()),
  lastReceivedAt: timestampSchema.nullable(),
  lastSentAt: timestampSchema.nullable(),
  /** Where a real test message can go: to an e-mail address, to a telephone; null: nowhere. */
  sendsTo: z.enum(['email', 'phone']).nullable(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const findingSchema = z.object({
  verdict: z.enum(['good', 'bad', 'unknown']),
  what: z.string().describe('One sentence, in Spanish as in `npm run doctor`'),
  remedy: z.string().optional().describe('What to do, naming the screen where it is done'),
});

export const connectionTestSchema = z.object({
  id: connectionIdSchema,
  at: timestampSchema,
  milliseconds: z.number().int().nonnegative(),
  findings: z.array(findingSchema).min(1),
});
export type ConnectionTest = z.infer<typeof connectionTestSchema>;

export const sendTestMessageSchema = z.object({ to: z.string().trim().min(3).max(254) });

/** How far a test message has come, oldest first. */
export const testMessageSchema = z.object({
  /** Of the provider; null: it was not taken, or its provider tells no more. */
  id: z.string().nullable(),
  steps: z.array(
    z.object({
      at: timestampSchema,
      step: z.enum(['taken', 'sent', 'delivered', 'read', 'failed']),
      /** Why it failed. */
      reason: z.string().nullable(),
    }),
  ),
});
export type TestMessage = z.infer<typeof testMessageSchema>;
