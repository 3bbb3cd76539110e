import { z } from 'zod';
import {
  type Scope,
  type ScopeResource,
  scopeResources,
  type WebhookEvent,
  webhookEvents,
} from './administration-words.ts';

export type { Scope, ScopeResource, WebhookEvent };

const timestampSchema = z.iso.datetime();

// ── Keys for other programs ───────────────────────────────────────────────────────────────────────────────────

export const scopes = scopeResources.flatMap((resource) => [`${resource}:read`, `${resource}:write`] as const);
export const scopeSchema = z.enum(scopes as [Scope, ...Scope[]]);

export const apiKeySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  hint: z.string().describe('The end of the key, to tell it from others'),
  scopes: z.array(scopeSchema),
  createdBy: z.string(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema.nullable(),
  lastUsedAt: timestampSchema.nullable(),
  revokedAt: timestampSchema.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const createApiKeySchema = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(scopeSchema).min(1),
  expiresAt: timestampSchema.nullable().default(null),
});
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string().describe('Shown this once') });

// ── What other programs are told ──────────────────────────────────────────────────────────────────────────────

export const webhookEventSchema = z.enum(webhookEvents);

export const webhookSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  events: z.array(webhookEventSchema),
  active: z.boolean(),
  failingSince: timestampSchema.nullable(),
  stoppedBy: z.enum(['person', 'failures']).nullable(),
  waiting: z.number().int().describe('Deliveries still to be made'),
  failed: z.number().int().describe('Deliveries that were given up'),
  lastDeliveredAt: timestampSchema.nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;

export const saveWebhookSchema = z.object({
  name: z.string().trim().min(1).max(80),
  url: z.url({ protocol: /^https?$/ }).max(500),
  events: z.array(webhookEventSchema).min(1),
  active: z.boolean().default(true),
});
export const webhookSecretSchema = z.object({
  secret: z.string().describe('What deliveries are signed with; the same whenever it is asked for'),
});

export const deliveryStates = ['waiting', 'delivered', 'failed', 'withheld'] as const;
export const webhookDeliverySchema = z.object({
  id: z.uuid(),
  event: z.string(),
  body: z.unknown(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  dueAt: timestampSchema.nullable(),
  status: z.number().int().nullable().describe('What they answered'),
  response: z.string().nullable().describe('The beginning of their answer'),
  fault: z.string().nullable().describe('Why there was no answer'),
  tookMs: z.number().int().nullable(),
  createdAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

// ── How people sign in ────────────────────────────────────────────────────────────────────────────────────────

export const personSessionSchema = z.object({
  id: z.string(),
  current: z.boolean(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: timestampSchema,
  expiresAt: timestampSchema,
});
export type PersonSession = z.infer<typeof personSessionSchema>;

export const inviteSchema = z
  .object({
    by: z
      .enum(['mail', 'link'])
      .optional()
      .describe('How it gets to them; absent: by mail where mail leaves, else as a link to hand over'),
  })
  .nullish();
export const invitationSchema = z.object({
  link: z.string().nullable().describe('Opens once, within its time; shown this once. Null: it goes by mail'),
  expiresAt: timestampSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;

// ── What is done to data ──────────────────────────────────────────────────────────────────────────────────────

export const receiptKinds = ['backup', 'restore', 'retention', 'export', 'erasure'] as const;
export const receiptSchema = z.object({
  id: z.uuid(),
  kind: z.enum(receiptKinds),
  at: timestampSchema,
  actor: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type Receipt = z.infer<typeof receiptSchema>;
