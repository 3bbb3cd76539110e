import { z } from 'zod';

const idSchema = z.string().min(1).max(400);
const personSchema = z.string().min(1).max(160);

/** Who wrote, as far as WhatsApp shows it: without a number where people go by a username. */
const contactSchema = z.looseObject({
  wa_id: personSchema.nullish(),
  user_id: personSchema.nullish(),
  parent_user_id: personSchema.nullish(),
  username: z.string().nullish(),
  profile: z.looseObject({ name: z.string().nullish(), username: z.string().nullish() }).nullish(),
});
export type MetaContact = z.infer<typeof contactSchema>;

const referralSchema = z.looseObject({
  headline: z.string().nullish(),
  body: z.string().nullish(),
  source_url: z.string().nullish(),
});
export type MetaReferral = z.infer<typeof referralSchema>;

/** What every message has. What it says stands under the name of its type. */
const messageSchema = z.looseObject({
  id: idSchema,
  type: z.string().min(1),
  timestamp: z.coerce.number().nullish(),
  from: personSchema.nullish(),
  from_user_id: personSchema.nullish(),
  from_parent_user_id: personSchema.nullish(),
  context: z.looseObject({ id: idSchema.nullish() }).nullish(),
  referral: referralSchema.nullish(),
});
export type MetaMessage = z.infer<typeof messageSchema>;

const reportedErrorSchema = z.looseObject({
  code: z.coerce.number(),
  title: z.string().nullish(),
  error_data: z.looseObject({ details: z.string().nullish() }).nullish(),
});

const statusSchema = z.looseObject({
  id: idSchema,
  status: z.string(),
  errors: z.array(reportedErrorSchema).nullish(),
});
export type MetaStatus = z.infer<typeof statusSchema>;

/**
 * One change of a webhook, as `channels/meta` takes it apart.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export const changeSchema = z.object({
  field: z.literal('messages'),
  value: z.looseObject({
    contacts: z.array(contactSchema).default([]),
    messages: z.array(messageSchema).default([]),
    statuses: z.array(statusSchema).default([]),
    errors: z.array(reportedErrorSchema).default([]),
  }),
});

// ── What messages say, by type ────────────────────────────────────────────────────────────────────────────────────

export const textContentSchema = z.looseObject({ body: z.string() });

export const mediaContentSchema = z.looseObject({
  id: idSchema,
  mime_type: z.string().default('application/octet-stream'),
  sha256: z.string().nullish(),
  caption: z.string().nullish(),
  filename: z.string().nullish(),
  voice: z.boolean().nullish(),
});
export type MetaMedia = z.infer<typeof mediaContentSchema>;

export const locationContentSchema = z.looseObject({
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
  name: z.string().nullish(),
  address: z.string().nullish(),
});

export const cardsContentSchema = z.array(
  z.looseObject({
    name: z.looseObject({ formatted_name: z.string().nullish(), first_name: z.string().nullish() }).nullish(),
    phones: z.array(z.looseObject({ phone: z.string().nullish(), wa_id: z.string().nullish() })).nullish(),
    emails: z.array(z.looseObject({ email: z.string().nullish() })).nullish(),
  }),
);

export const buttonContentSchema = z.looseObject({ text: z.string(), payload: z.string().nullish() });

const replySchema = z.looseObject({ id: z.string(), title: z.string(), description: z.string().nullish() });
export const interactiveContentSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('button_reply'), button_reply: replySchema }),
  z.looseObject({ type: z.literal('list_reply'), list_reply: replySchema }),
]);

export const reactionContentSchema = z.looseObject({ message_id: idSchema, emoji: z.string().nullish() });

export const editContentSchema = z.looseObject({
  original_message_id: idSchema,
  message: z.looseObject({ type: z.string() }),
});

export const revokeContentSchema = z.looseObject({ original_message_id: idSchema });

export const systemContentSchema = z.looseObject({
  type: z.string(),
  body: z.string().nullish(),
  wa_id: personSchema.nullish(),
  user_id: personSchema.nullish(),
});

/** Since 2026 WhatsApp says what it is that it does not pass on. */
export const unsupportedContentSchema = z.looseObject({ type: z.string() });
