import { z } from 'zod';
import { mishaps, troubleSchema } from '../delivery/trouble.ts';
import type { Caption, VoiceCall } from '../voice/call.ts';
import { mediaKinds, type SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import type { Exchange } from '../world/wire-log.ts';

const id = z.string().min(1).max(400);

/** Whose telephone, and what it has open. */
export const phoneKeySchema = z.object({ personId: id, accountId: id });

export const sayingSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().trim().min(1).max(4_096), repliesTo: id.optional() }),
  z.object({
    type: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    label: z.string().max(200).optional(),
  }),
  z.object({ type: z.literal('contact'), name: z.string().trim().min(1).max(120), phone: z.string().max(40) }),
  z.object({ type: z.literal('choice'), messageId: id, optionId: id }),
  z.object({ type: z.literal('reaction'), messageId: id, emoji: z.string().min(1).max(40).nullable() }),
  z.object({ type: z.literal('edit'), messageId: id, text: z.string().trim().min(1).max(4_096) }),
  z.object({ type: z.literal('delete'), messageId: id }),
  z.object({ type: z.literal('unsupported'), kind: z.string().min(1).max(60) }),
]);
export const saySchema = phoneKeySchema.extend({ say: sayingSchema });
export type Saying = z.infer<typeof sayingSchema>;

/** A file comes as the body of its request; what it is stands in the query. */
export const sendFileSchema = phoneKeySchema.extend({
  kind: z.enum(mediaKinds),
  mimeType: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .max(120),
  name: z.string().max(200).default(''),
  caption: z.string().max(1_024).default(''),
});

export const newPersonSchema = z.object({
  name: z.string().trim().min(1).max(80),
  /** Null: somebody known to WhatsApp by a username alone. */
  phone: z
    .string()
    .transform((text) => text.replace(/[\s()-]/g, ''))
    .pipe(z.string().regex(/^\+[1-9]\d{7,14}$/))
    .nullable(),
});

export const phoneActions = ['read', 'block', 'unblock', 'off', 'on', 'close_window', 'open_window'] as const;
export const phoneActionSchema = phoneKeySchema.extend({ action: z.enum(phoneActions) });
export type PhoneAction = (typeof phoneActions)[number];

export const startCallSchema = phoneKeySchema.extend({ withheld: z.boolean().default(false) });
export const callActSchema = z.object({
  sid: z.string().regex(/^CA[0-9a-f]{32}$/),
  act: z.discriminatedUnion('type', [
    z.object({ type: z.enum(['answer', 'decline', 'hang_up']) }),
    z.object({ type: z.literal('press'), keys: z.string().regex(/^[0-9*#]{1,20}$/) }),
    z.object({ type: z.literal('speak'), text: z.string().trim().min(1).max(1_000) }),
  ]),
});
export type CallAct = z.infer<typeof callActSchema>['act'];

export const troubleChangeSchema = troubleSchema.partial();
export { mishaps };

/** As JSON carries it. */
type Sent<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] };
export type ShownMessage = Sent<SimulatedMessage>;
export type ShownExchange = Sent<Exchange>;
export type ShownPerson = Person;

export interface ShownAccount {
  id: string;
  channel: 'whatsapp' | 'sms' | 'messenger' | 'instagram' | 'voice';
  provider: 'twilio' | 'meta';
  name: string;
  address: string;
}

/** What is so between one person and one account. */
export interface Standing {
  personId: string;
  accountId: string;
  blocked: boolean;
  lastWroteAt: string | null;
}

export interface SamplePlace {
  label: string;
  latitude: number;
  longitude: number;
}

/** A call of somebody on the page, from their end. */
export interface ShownCall extends Sent<Pick<VoiceCall, 'sid' | 'direction' | 'status' | 'from' | 'to' | 'createdAt'>> {
  personId: string;
  accountId: string;
  answeredAt: string | null;
  endedAt: string | null;
  captions: Sent<Caption>[];
  /** Who hears them and whom they hear; null: they are in no room. */
  with: string[] | null;
}

/** All that the page shows, at once. */
export interface ScreenState {
  accounts: ShownAccount[];
  people: ShownPerson[];
  messages: ShownMessage[];
  exchanges: ShownExchange[];
  calls: ShownCall[];
  trouble: z.infer<typeof troubleSchema>;
  standings: Standing[];
  places: SamplePlace[];
}

/** What the page is told as it happens. */
export type ScreenEvent =
  | { type: 'message'; message: ShownMessage }
  | { type: 'person'; person: ShownPerson }
  | { type: 'exchange'; exchange: ShownExchange }
  | { type: 'call'; call: ShownCall };
