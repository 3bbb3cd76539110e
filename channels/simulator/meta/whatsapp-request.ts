import { z } from 'zod';

const id = z.string().min(1).max(512);
const url = z.url({ protocol: /^https?$/ });
const body = (max: number) => z.strictObject({ text: z.string().min(1).max(max) });
const footer = z.strictObject({ text: z.string().min(1).max(60) });
const header = z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(60) });

/** By the id of an upload, or by where it can be fetched; never both. */
const source = { id: id.optional(), link: url.optional() };
const isOneSource = (given: { id?: string; link?: string }) => (given.id === undefined) !== (given.link === undefined);
const ONE_SOURCE = 'either id or link';
const caption = { caption: z.string().max(1_024).optional() };

const replyButton = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) }),
});
const row = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(24),
  description: z.string().max(72).optional(),
});
const section = z.strictObject({ title: z.string().max(24).optional(), rows: z.array(row).min(1).max(10) });
const unlike = (values: string[]) => new Set(values).size === values.length;

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    header: header.optional(),
    body: body(1_024),
    footer: footer.optional(),
    action: z.strictObject({
      buttons: z
        .array(replyButton)
        .min(1)
        .max(3)
        .refine(
          (all) => unlike(all.map(({ reply }) => reply.id)) && unlike(all.map(({ reply }) => reply.title)),
          'buttons must differ',
        ),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    header: header.optional(),
    body: body(4_096),
    footer: footer.optional(),
    action: z.strictObject({
      button: z.string().min(1).max(20),
      sections: z
        .array(section)
        .min(1)
        .max(10)
        .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, 'at most 10 rows in all sections')
        .refine((all) => unlike(all.flatMap(({ rows }) => rows.map((one) => one.id))), 'row ids must differ')
        .refine((all) => all.length === 1 || all.every(({ title }) => title), 'sections need titles'),
    }),
  }),
  z.strictObject({
    type: z.literal('location_request_message'),
    body: body(1_024),
    action: z.strictObject({ name: z.literal('send_location') }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    header: header.optional(),
    body: body(1_024),
    footer: footer.optional(),
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({ display_text: z.string().min(1).max(20), url }),
    }),
  }),
]);

const contact = z.strictObject({
  name: z.strictObject({
    formatted_name: z.string().min(1),
    first_name: z.string().optional(),
    last_name: z.string().optional(),
  }),
  phones: z
    .array(z.strictObject({ phone: z.string().optional(), type: z.string().optional(), wa_id: z.string().optional() }))
    .optional(),
  emails: z.array(z.strictObject({ email: z.string().optional(), type: z.string().optional() })).optional(),
});

const template = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.strictObject({ code: z.string().min(2), policy: z.literal('deterministic').optional() }),
  components: z
    .array(
      z.strictObject({
        type: z.enum(['header', 'body', 'button', 'footer']),
        sub_type: z.string().optional(),
        index: z.union([z.string(), z.number()]).optional(),
        parameters: z
          .array(
            z.strictObject({
              type: z.literal('text'),
              text: z.string().min(1).max(1_024),
              parameter_name: z.string().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

/** What each type of message carries under its own name. */
export const whatsAppTypes = {
  text: z.strictObject({ body: z.string().min(1).max(4_096), preview_url: z.boolean().optional() }),
  image: z.strictObject({ ...source, ...caption }).refine(isOneSource, ONE_SOURCE),
  video: z.strictObject({ ...source, ...caption }).refine(isOneSource, ONE_SOURCE),
  document: z
    .strictObject({ ...source, ...caption, filename: z.string().max(240).optional() })
    .refine(isOneSource, ONE_SOURCE),
  audio: z.strictObject({ ...source, voice: z.boolean().optional() }).refine(isOneSource, ONE_SOURCE),
  sticker: z.strictObject(source).refine(isOneSource, ONE_SOURCE),
  location: z.strictObject({
    latitude: z.coerce.number().min(-90).max(90),
    longitude: z.coerce.number().min(-180).max(180),
    name: z.string().max(1_000).optional(),
    address: z.string().max(1_000).optional(),
  }),
  contacts: z.array(contact).min(1).max(257),
  reaction: z.strictObject({ message_id: id, emoji: z.string().max(40) }),
  interactive,
  template,
} as const;
export type WhatsAppType = keyof typeof whatsAppTypes;

/** What every message has around that. */
export const whatsAppEnvelope = z.object({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z.string().min(1).max(40).optional(),
  recipient: z.string().min(1).max(140).optional(),
  type: z.string().default('text'),
  context: z.strictObject({ message_id: id }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
});
export const envelopeKeys = Object.keys(whatsAppEnvelope.shape);

/** «Read», and «is typing» with it. */
export const readReceiptSchema = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: id,
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});
