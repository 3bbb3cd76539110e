import { z } from 'zod';
import { caseStatuses } from './case-status.ts';
import { limits } from './limits.ts';
import { messageStatuses } from './message-status.ts';

export { limits } from './limits.ts';
export { type MessageStatus, messageStatuses, statusOf } from './message-status.ts';

/** UTC, ISO 8601, as JSON carries it. */
export const timestampSchema = z.iso.datetime();

/**
 * U+0000 and other controls have no place in a text, nor has half of a character that was cut in two: PostgreSQL
 * refuses the first and the last, readers the rest.
 */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const storable = (text: string): string => text.toWellFormed().replace(CONTROLS, '');

/** Text a person wrote: control characters removed, ends trimmed, never empty, bounded. */
export const textSchema = (max: number) =>
  z
    .string()
    .max(max * 4, 'message_too_long')
    .transform((text) => storable(text).trim())
    .pipe(z.string().min(1, 'empty_message').max(max, 'message_too_long'));

/** A short text as it comes, made fit to store; may be empty unless `min` says otherwise. */
export const fieldSchema = (max: number, min = 0) => z.string().transform(storable).pipe(z.string().min(min).max(max));

export const choiceOptionSchema = z.object({
  id: fieldSchema(120, 1),
  title: fieldSchema(80, 1),
});

/** A text that is only kept: made fit to store, its length bounded by whoever made it. */
export const storedTextSchema = z.string().transform(storable);

/** What somebody types. */
export const typedTextPartSchema = z.object({ type: z.literal('text'), text: textSchema(limits.textLength) });
/** What was said, however it came. */
export const textPartSchema = z.object({ type: z.literal('text'), text: textSchema(limits.storedTextLength) });
/** A stored file; `attachmentId` is what `/api/v1/files/:id` serves. Name, type and size are the server's findings. */
export const mediaPartSchema = z.object({
  type: z.literal('media'),
  attachmentId: z.uuid(),
  name: fieldSchema(200),
  mimeType: fieldSchema(120),
  size: z.number().int().nonnegative(),
  /** How people know it where it came from; absent: a file like any other. */
  look: z.enum(['voice', 'sticker']).optional(),
  /** It is still being fetched from the provider: type and size are what the provider says. */
  arriving: z.boolean().optional(),
  /** It will never come: `refused` is what the file itself turned out to be. */
  lost: z.enum(['gone', 'too_large', 'refused', 'unreachable']).optional(),
  /** What is said in a voice note, by a machine. */
  transcript: fieldSchema(limits.storedTextLength).optional(),
});
export type MediaPart = z.infer<typeof mediaPartSchema>;
/** WGS 84 degrees. */
export const locationPartSchema = z.object({
  type: z.literal('location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  label: fieldSchema(200).optional(),
});
/** Quick answers the bot offers; channels without buttons number them. */
export const choicesPartSchema = z.object({
  type: z.literal('choices'),
  options: z.array(choiceOptionSchema).min(1).max(12),
});
/** The quick answer a person picked: its id for the bot, its title for the reader. */
export const choicePartSchema = choiceOptionSchema.extend({ type: z.literal('choice') });
/** A sentence of the system, stored as a key so that each reader gets it in their own language. */
export const noticePartSchema = z.object({
  type: z.literal('notice'),
  key: z.enum([
    'handed_off',
    'operator_joined',
    'operator_left',
    'transferred',
    'closed',
    'closed_by_citizen',
    'outside_hours',
  ]),
  values: z.record(z.string(), fieldSchema(limits.textLength)).default({}),
});
export const emailAddressSchema = z.object({ address: fieldSchema(320), name: fieldSchema(200).nullable() });
/** What stands on the envelope of a mail; its texts and files are parts of their own. */
export const emailPartSchema = z.object({
  type: z.literal('email'),
  subject: fieldSchema(1_000),
  from: emailAddressSchema,
  to: z.array(emailAddressSchema).max(500),
  cc: z.array(emailAddressSchema).max(500),
  bcc: z.array(emailAddressSchema).max(500).default([]),
  html: z.boolean().describe('It has a look of its own'),
  more: z.boolean().describe('The text part lacks quotes, a signature or an end, which the whole mail has'),
  sender: z
    .enum(['verified', 'failed', 'unknown'])
    .describe('verified: it comes from where it says; failed: it does not; unknown: nothing speaks for either'),
  automatic: z
    .enum(['auto-reply', 'bounce', 'list', 'loop'])
    .nullable()
    .describe('Why no person waits at the other end'),
});
export type EmailPart = z.infer<typeof emailPartSchema>;
/** A case as it stands, shown as a card; `link` opens it with its secret. */
export const folioPartSchema = z.object({
  type: z.literal('folio'),
  folio: fieldSchema(40),
  title: fieldSchema(120),
  status: z.enum(caseStatuses),
  promisedFor: z.iso.date(),
  /** Shown as `K7QX-4M2P`; null where it was given before. */
  secret: fieldSchema(20).nullable(),
  link: z.url().nullable(),
});
export type FolioPart = z.infer<typeof folioPartSchema>;
/** What would help now: the channel offers a map, the phone's position or its camera, if it has them. */
export const requestPartSchema = z.object({
  type: z.literal('request'),
  wants: z.enum(['place', 'photo']),
});
/** Somebody's card, as people share them. */
export const contactPartSchema = z.object({
  type: z.literal('contact'),
  name: fieldSchema(200),
  phones: z.array(fieldSchema(40)).max(20),
  emails: z.array(fieldSchema(320)).max(20),
});
export type ContactPart = z.infer<typeof contactPartSchema>;
/** What somebody came from when they wrote: an advertisement, a post. */
export const referralPartSchema = z.object({
  type: z.literal('referral'),
  headline: fieldSchema(300),
  body: fieldSchema(1_000),
  url: fieldSchema(2_000),
});
/** A text that the provider has approved beforehand, the only thing that may be said once the window is closed. */
export const templatePartSchema = z.object({
  type: z.literal('template'),
  /** Of the city's content. */
  templateId: fieldSchema(60, 1),
  /** Its `{{1}}`, `{{2}}`… in order. */
  variables: z.array(fieldSchema(1_000, 1)).max(10),
  /** As the citizen reads it. */
  text: fieldSchema(limits.textLength, 1),
});
export type TemplatePart = z.infer<typeof templatePartSchema>;
/** Something a channel received that this version cannot decode. The raw input is kept under `rawId`. */
export const unsupportedPartSchema = z.object({
  type: z.literal('unsupported'),
  kind: fieldSchema(120),
  rawId: z.uuid().optional(),
});

export const partSchema = z.discriminatedUnion('type', [
  textPartSchema,
  mediaPartSchema,
  locationPartSchema,
  choicesPartSchema,
  choicePartSchema,
  noticePartSchema,
  emailPartSchema,
  folioPartSchema,
  requestPartSchema,
  contactPartSchema,
  referralPartSchema,
  templatePartSchema,
  unsupportedPartSchema,
]);
export type Part = z.infer<typeof partSchema>;
export type ChoiceOption = z.infer<typeof choiceOptionSchema>;

export const authorSchema = z.object({
  type: z.enum(['citizen', 'bot', 'operator', 'system', 'department']),
  id: z.string().nullable().default(null).describe('Operator or citizen id'),
  name: z.string().nullable().default(null).describe('First name as the other side may see it'),
});
export type Author = z.infer<typeof authorSchema>;

export const messageStatusSchema = z.enum(messageStatuses);

export const failureSchema = z.object({
  code: z.string().describe("The provider's code, or ours"),
  reason: z.string().describe('In plain words, with what to do'),
  permanent: z.boolean(),
});

/** What happened to a message since it was said. */
export const marksSchema = z.object({
  /** What it answers, where the writer pointed at it. */
  repliesTo: z.object({ seq: z.number().int().positive(), preview: z.string() }).optional(),
  /** The citizen's, newest only: that is all any of the providers keeps. */
  reaction: z.string().optional(),
  editedAt: timestampSchema.optional(),
  /** The parts as they were before the first edit. */
  before: z.array(partSchema).optional(),
  /** The citizen took it back. The city keeps what it was told. */
  deletedAt: timestampSchema.optional(),
});
export type Marks = z.infer<typeof marksSchema>;

/** One thing said. `seq` counts from 1 without gaps within its conversation. */
export const messageSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  ticketId: z.uuid().nullable(),
  seq: z.number().int().positive(),
  direction: z.enum(['in', 'out']).describe('in: from the citizen; out: from the city'),
  author: authorSchema,
  parts: z.array(partSchema),
  status: messageStatusSchema,
  failure: failureSchema.nullable(),
  clientId: z.string().nullable().describe("The sender's own id, echoed so that it can match its optimistic copy"),
  marks: marksSchema.optional(),
  createdAt: timestampSchema,
});
export type Message = z.infer<typeof messageSchema>;

/**
 * How far each side has got, as sequence numbers. Cursors only grow.
 * `delivered`: it reached the other side's screen (or the bot); `read`: a person, or the bot, has seen it.
 */
export const cursorsSchema = z.object({
  citizenDelivered: z.number().int().nonnegative(),
  citizenRead: z.number().int().nonnegative(),
  cityDelivered: z.number().int().nonnegative(),
  cityRead: z.number().int().nonnegative(),
});
export type Cursors = z.infer<typeof cursorsSchema>;
