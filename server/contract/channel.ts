import { z } from 'zod';
import { letterSchema, type OutgoingLetter, threadSchema } from './email.ts';
import { type Locale, localeSchema } from './errors.ts';
import type { Message, Part } from './message.ts';
import { fieldSchema, limits, partSchema, storedTextSchema, textSchema, timestampSchema } from './message.ts';

export const channelNames = [
  'chat',
  'voice',
  'email',
  'whatsapp',
  'sms',
  'messenger',
  'instagram',
  'botframework',
  'memory',
] as const;
/** `botframework` is Microsoft's, by which Teams and others come; `memory` is the in-process channel that the conformance suite and the tests use. */
export const channelNameSchema = z.enum(channelNames);
export type ChannelName = z.infer<typeof channelNameSchema>;

/** What a channel can carry; checked before anything is sent through it. */
export interface Capabilities {
  /** Part types it can send as such; others are turned into text first. */
  readonly parts: ReadonlySet<Part['type']>;
  /** Longest text of one message, in characters. */
  readonly textLength: number;
  /**
   * `push`: each message is sent once by an `outbound` job and the provider reports on it.
   * `cursor`: the reader keeps a cursor into the stored conversation, so storing it is the delivery;
   * `send` only rings the bell, and a lost ring is healed by the reader's next sync.
   */
  readonly delivery: 'push' | 'cursor';
  /** Whether the other side's typing can be seen and shown. */
  readonly typing: boolean;
  /** Whether sentences of the system (`notice` parts) reach the citizen here; without, they are not said. */
  readonly notices: boolean;
  /**
   * `one`: a message leaves as it is. `many`: in pieces, each a message of the provider with an id and reports of its
   * own, in the order of its parts: words (with the choices under them), then each file, location and so on.
   */
  readonly pieces: 'one' | 'many';
  /** How many choices it can show at once, how long, and under how long a text, where that is less; more are said in words. */
  readonly choices?: { readonly most: number; readonly textLength: number; readonly titleLength?: number };
  /** How long the bot lets a burst settle before it answers: people write there as they breathe. 0: it answers at once. */
  readonly settleSeconds: number;
  /** For how long after the citizen's last word anything may be said; then only `template` parts. Null: for ever. */
  readonly windowHours: number | null;
}

/** Who wrote: an address on a channel. Never assume that it holds a phone number. */
export const identitySchema = z.object({
  address: fieldSchema(320, 1).describe('E.164, e-mail, WhatsApp id or BSUID, visitor id: as the channel knows it'),
  displayName: fieldSchema(limits.nameLength).optional(),
  /** How the provider wants it addressed, where that differs: Mexican `521…` for the person at `+52…`. */
  replyTo: fieldSchema(320, 1).optional(),
  /** Other addresses of the same person that the provider named beside it: they lead to the same conversation. */
  aliases: z.array(fieldSchema(320, 1)).max(8).optional(),
  /** E.164, vouched for by the provider. */
  phone: fieldSchema(20).optional(),
});

/** A message as a channel decoded it, not stored yet. */
export const inboundMessageSchema = z.object({
  type: z.literal('message'),
  externalId: fieldSchema(400, 1).describe("The provider's id: unique within the channel account"),
  from: identitySchema,
  parts: z.array(partSchema).min(1).max(limits.storedParts),
  locale: localeSchema.optional(),
  sentAt: timestampSchema.optional().describe("The sender's clock, shown but never sorted by"),
  clientId: fieldSchema(64).optional(),
  /** Only on channels with threads: there a sender has a conversation a thread. */
  thread: threadSchema.optional(),
  subject: fieldSchema(1_000).optional(),
  /** Nobody waits at the other end: it never wakes, reopens or gets an acknowledgement. */
  automatic: z.boolean().optional(),
  /** Where a new contact waits at once. Without it the bot has it first. */
  queueId: fieldSchema(60, 1).optional(),
  letter: letterSchema.optional(),
  /** The provider's id of the message it answers, ours or theirs. */
  repliesTo: fieldSchema(400, 1).optional(),
  /**
   * Files that are still at the provider: the `media` parts of these ids are `arriving` until fetched. `source` is
   * given back to `fetchMedia` as it stands here.
   */
  toFetch: z
    .array(z.object({ attachmentId: z.uuid(), source: z.record(z.string(), z.unknown()) }))
    .max(limits.storedParts)
    .optional(),
  /** Where a part is `unsupported`, the input as JSON of what `decode` takes: a version that can decodes it again. */
  raw: storedTextSchema.optional(),
});

/** What somebody did to a message that was sent before; it may come before that message. */
export const inboundChangeSchema = z.object({
  type: z.literal('change'),
  externalId: fieldSchema(400, 1).describe('Of the change itself: the same change twice is one'),
  /** The provider's id of the message it is about, ours or theirs. */
  target: fieldSchema(400, 1),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reaction'), emoji: fieldSchema(40, 1).nullable().describe('null takes it back') }),
    z.object({ kind: z.literal('edited'), text: textSchema(limits.storedTextLength) }),
    z.object({ kind: z.literal('deleted') }),
  ]),
});

/** A provider's report on a message we sent. */
export const inboundStatusSchema = z.object({
  type: z.literal('status'),
  providerMessageId: fieldSchema(400, 1),
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  failure: z.object({ code: fieldSchema(200), reason: fieldSchema(2_000), permanent: z.boolean() }).optional(),
});

export const inboundEventSchema = z.discriminatedUnion('type', [
  inboundMessageSchema,
  inboundChangeSchema,
  inboundStatusSchema,
]);
export type InboundMessage = z.infer<typeof inboundMessageSchema>;
export type InboundChange = z.infer<typeof inboundChangeSchema>;
export type InboundStatus = z.infer<typeof inboundStatusSchema>;
export type InboundEvent = z.infer<typeof inboundEventSchema>;

/** What storing one inbound event came to. Returned only after commit. */
export interface Receipt {
  externalId: string;
  conversationId: string;
  ticketId: string | null;
  messageId: string;
  seq: number;
  /** True when it was stored by an earlier attempt: the same numbers come back, nothing happens twice. */
  duplicate: boolean;
  /** When the city stored it first. */
  storedAt: Date;
}

export interface OutboundMessage {
  /** The city's account that it leaves from. */
  accountId: string;
  /** The address it goes to, as the provider wants it. */
  to: string;
  /** On channels of many pieces its parts are those of this piece alone. */
  message: Message;
  /** Stable over retries, for providers that take one. */
  idempotencyKey: string;
  locale: Locale;
}

export type SendResult =
  /** `missed`: of several recipients some were refused; the others have it. */
  | { outcome: 'accepted'; providerMessageId?: string; missed?: { reason: string; providerCode: string } }
  | { outcome: 'rejected'; permanent: boolean; reason: string; providerCode: string }
  | { outcome: 'throttled'; retryAfterSeconds: number };

/** A file as the provider gave it. `gone`: it never will again. */
export type FetchedMedia =
  | { outcome: 'fetched'; bytes: Uint8Array; name?: string }
  | { outcome: 'gone'; reason: 'gone' | 'too_large' };

export interface WebhookRequest {
  method: string;
  /** Whole, as the sender knows it: below `PUBLIC_URL`, whatever a proxy made of it. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody: Buffer;
}

/** How a channel hands over what came in. Resolves after commit: only then may the sender be told "received". */
export type Receive<Raw> = (raw: Raw) => Promise<Receipt[]>;

/** One way in and out. An adapter is one folder under `channels/`. */
export interface Channel<Raw = unknown> {
  readonly name: ChannelName;
  readonly capabilities: Capabilities;
  /** What one account can carry, where its provider can less or more than others of the channel. */
  capabilitiesOf?(accountId: string): Capabilities;
  /** Checks a webhook's signature on its raw body. Throws `AppError('forbidden')`: 403, nothing stored. */
  verify?(request: WebhookRequest): void;
  /**
   * Turns one raw input into events; an array because providers batch. Throws when it cannot read the input:
   * the raw input is then kept and can be decoded again later.
   */
  decode(raw: Raw): Promise<InboundEvent[]>;
  /** Sends one message. Throws only for faults worth a retry (network); a refusal is a value. */
  send(message: OutboundMessage): Promise<SendResult>;
  /** Fetches a file that a message only pointed to. Throws only for faults worth a retry. */
  fetchMedia?(accountId: string, source: Record<string, unknown>): Promise<FetchedMedia>;
  start?(receive: Receive<Raw>): Promise<void>;
  /** Stops taking in, finishes what is under way. */
  stop?(): Promise<void>;
}

/** Sends mail that belongs to no conversation. @throws for faults of the network, which are worth a retry */
export interface LetterCarrier {
  sendLetter(letter: OutgoingLetter): Promise<SendResult>;
}

/** Name a person may give, e-mail a person may leave. */
export const personNameSchema = textSchema(limits.nameLength);
export const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));
