import { z } from 'zod';
import { channelNameSchema } from './channel.ts';
import { limits, textSchema, timestampSchema } from './message.ts';
import { fillTemplateSchema } from './messaging.ts';

/**
 * How one follower would be reached. `text`: by the words themselves; `template`: the window is closed;
 * `opted_out`, `unsafe` (a protected person without a safe channel) and `unreachable`: not at all.
 */
export const reachSchema = z.enum(['text', 'template', 'opted_out', 'unsafe', 'unreachable']);
export type Reach = z.infer<typeof reachSchema>;

/**
 * draft → awaiting_approval → sending ⇄ paused → done; or cancelled before it is done. Below the city's limit a draft
 * goes straight to sending.
 */
export const broadcastStateSchema = z.enum(['awaiting_approval', 'sending', 'paused', 'done', 'cancelled']);
export type BroadcastState = z.infer<typeof broadcastStateSchema>;

export const composeBroadcastSchema = z.object({
  caseId: z.uuid(),
  text: textSchema(limits.textLength),
  /** For whom the window is closed; without one they are not reached. */
  template: fillTemplateSchema.optional(),
});

/** Who would get it how, before anything is sent. */
export const broadcastPreviewSchema = z.object({
  recipients: z.number().int().nonnegative(),
  reach: z.array(
    z.object({ channel: channelNameSchema.nullable(), how: reachSchema, count: z.number().int().positive() }),
  ),
  needsApproval: z.boolean(),
  approvalAbove: z.number().int().nonnegative(),
});
export type BroadcastPreview = z.infer<typeof broadcastPreviewSchema>;

const person = z.object({ id: z.string(), name: z.string() });
export const broadcastSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  folio: z.string(),
  text: z.string(),
  templateText: z.string().nullable(),
  state: broadcastStateSchema,
  createdBy: person,
  createdAt: timestampSchema,
  approvedBy: person.nullable(),
  finishedAt: timestampSchema.nullable(),
  progress: z.object({
    recipients: z.number().int(),
    pending: z.number().int(),
    skipped: z.number().int(),
    sent: z.number().int().describe('Left, with no report yet'),
    delivered: z.number().int(),
    read: z.number().int(),
    failed: z.number().int(),
  }),
  version: z.number().int().nonnegative().describe('Grows with every change, reports of its messages included'),
});
export type Broadcast = z.infer<typeof broadcastSchema>;

/** One recipient of the report; of people with a name only that. */
export const broadcastRecipientSchema = z.object({
  citizen: z.object({ id: z.uuid(), name: z.string().nullable() }),
  channel: channelNameSchema.nullable(),
  how: reachSchema,
  status: z.enum(['pending', 'skipped', 'queued', 'sent', 'delivered', 'read', 'failed']),
  reason: z.string().nullable().describe('In words of the reader; null where `how` or `status` says all'),
});
export const broadcastDetailSchema = z.object({
  broadcast: broadcastSchema,
  reach: broadcastPreviewSchema.shape.reach,
  recipients: z.array(broadcastRecipientSchema).describe('The first 200, those who were not reached first'),
});
export type BroadcastDetail = z.infer<typeof broadcastDetailSchema>;
export const createBroadcastSchema = composeBroadcastSchema.extend({
  clientId: z.uuid().describe('A retry with the same id is the same broadcast'),
  /** As the preview said: sent only if it still holds. */
  expectedRecipients: z.number().int().nonnegative(),
});
export const steerBroadcastSchema = z.object({ action: z.enum(['approve', 'pause', 'resume', 'cancel']) });
