import { z } from 'zod';

const idSchema = z.string().min(1).max(400);
const person = z.looseObject({ id: z.string().min(1).max(320) });

const attachmentSchema = z.looseObject({
  type: z.string(),
  title: z.string().nullish(),
  url: z.string().nullish(),
  payload: z
    .looseObject({
      url: z.string().nullish(),
      title: z.string().nullish(),
      sticker_id: z.union([z.string(), z.number()]).nullish(),
      coordinates: z.looseObject({ lat: z.coerce.number(), long: z.coerce.number() }).nullish(),
    })
    .nullish(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

const referralSchema = z.looseObject({
  ref: z.string().nullish(),
  source: z.string().nullish(),
  ads_context_data: z.looseObject({ ad_title: z.string().nullish() }).nullish(),
});
export type Referral = z.infer<typeof referralSchema>;

const messageSchema = z.looseObject({
  mid: idSchema,
  text: z.string().nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  quick_reply: z.looseObject({ payload: z.string() }).nullish(),
  reply_to: z
    .looseObject({ mid: idSchema.nullish(), story: z.looseObject({ url: z.string().nullish() }).nullish() })
    .nullish(),
  referral: referralSchema.nullish(),
  is_echo: z.boolean().nullish(),
  is_deleted: z.boolean().nullish(),
});
export type MessengerMessage = z.infer<typeof messageSchema>;

const postbackSchema = z.looseObject({
  mid: idSchema.nullish(),
  title: z.string().nullish(),
  payload: z.string().nullish(),
  referral: referralSchema.nullish(),
});

/**
 * One event of Messenger or Instagram, as `channels/meta` takes webhooks apart.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/webhooks
 */
export const eventSchema = z.looseObject({
  sender: person,
  recipient: person.nullish(),
  timestamp: z.coerce.number().nullish(),
  message: messageSchema.nullish(),
  postback: postbackSchema.nullish(),
  reaction: z
    .looseObject({
      mid: idSchema,
      action: z.string(),
      emoji: z.string().nullish(),
      reaction: z.string().nullish(),
    })
    .nullish(),
  message_edit: z
    .looseObject({ mid: idSchema, text: z.string().nullish(), num_edit: z.coerce.number().nullish() })
    .nullish(),
  delivery: z.looseObject({ mids: z.array(idSchema).nullish(), watermark: z.coerce.number().nullish() }).nullish(),
  /** Messenger says up to when, Instagram which. */
  read: z.looseObject({ mid: idSchema.nullish(), watermark: z.coerce.number().nullish() }).nullish(),
  referral: referralSchema.nullish(),
  optin: z.looseObject({}).nullish(),
});
export type MessengerEvent = z.infer<typeof eventSchema>;
