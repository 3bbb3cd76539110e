import { z } from 'zod';

const url = z.url({ protocol: /^https?$/ });
const attachment = z.strictObject({
  type: z.enum(['image', 'audio', 'video', 'file']),
  payload: z
    .strictObject({ url: url.optional(), attachment_id: z.string().optional(), is_reusable: z.boolean().optional() })
    .refine(
      (given) => (given.url === undefined) !== (given.attachment_id === undefined),
      'either url or attachment_id',
    ),
});
const quickReply = z.strictObject({
  content_type: z.enum(['text', 'user_phone_number', 'user_email']),
  title: z.string().min(1).max(20),
  payload: z.string().min(1).max(1_000),
  image_url: url.optional(),
});

const message = (textBytes: number) =>
  z
    .strictObject({
      text: z
        .string()
        .min(1)
        .refine(
          (text) => Buffer.byteLength(text) <= textBytes * 4 && text.length <= textBytes,
          `must be at most ${textBytes}`,
        )
        .optional(),
      attachment: attachment.optional(),
      attachments: z.array(attachment).min(1).max(10).optional(),
      quick_replies: z.array(quickReply).min(1).max(13).optional(),
      metadata: z.string().max(1_000).optional(),
    })
    .refine(
      (given) => [given.text, given.attachment, given.attachments].filter((one) => one !== undefined).length === 1,
      'exactly one of text and attachment',
    );

/** A request of the Send API, of Messenger and of Instagram: text may be longer on the first. */
export const pageRequestSchema = (textLength: number) =>
  z
    .strictObject({
      recipient: z.strictObject({ id: z.string().min(1) }),
      messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']).optional(),
      tag: z.enum(['HUMAN_AGENT']).optional(),
      notification_type: z.enum(['REGULAR', 'SILENT_PUSH', 'NO_PUSH']).optional(),
      reply_to: z.strictObject({ mid: z.string().min(1) }).optional(),
      message: message(textLength).optional(),
      sender_action: z.enum(['typing_on', 'typing_off', 'mark_seen', 'react', 'unreact']).optional(),
      payload: z.strictObject({ message_id: z.string(), reaction: z.string().optional() }).optional(),
      access_token: z.string().optional(),
    })
    .refine(
      (given) => (given.message === undefined) !== (given.sender_action === undefined),
      'message or sender_action',
    )
    .refine((given) => given.messaging_type !== 'MESSAGE_TAG' || given.tag !== undefined, 'tag is missing');
export type PageRequest = z.output<ReturnType<typeof pageRequestSchema>>;

/** Longest texts, in characters. */
export const pageTextLength = { messenger: 2_000, instagram: 1_000 } as const;
