import { z } from 'zod';
import { type ChannelName, channelNameSchema, type WebhookRequest } from './channel.ts';
import { fieldSchema, timestampSchema } from './message.ts';
import { phraseSchema } from './phrase.ts';
import { slugSchema } from './slug.ts';

/** Channels of text messages and social networks, whose accounts the city has with a provider. */
export const messagingChannels = ['whatsapp', 'sms', 'messenger', 'instagram'] as const satisfies ChannelName[];
export type MessagingChannel = (typeof messagingChannels)[number];
/** Channels whose accounts the city has with a provider: those, and the telephone. */
export const accountChannels = [...messagingChannels, 'voice'] as const satisfies ChannelName[];
export type AccountChannel = (typeof accountChannels)[number];
export const providerSchema = z.enum(['twilio', 'meta']);
export type Provider = z.infer<typeof providerSchema>;

/** An account of the city as its content names it. Ids and secrets of it are settings. */
export const cityAccountSchema = z
  .object({
    id: slugSchema,
    channel: z.enum(accountChannels),
    provider: providerSchema,
    name: z.string().min(1).max(120),
    /** As people know it: E.164 for WhatsApp, SMS and telephone, the name of the page or profile elsewhere. */
    address: z.string().min(1).max(120),
  })
  .refine(
    ({ channel, provider }) => (channel !== 'sms' && channel !== 'voice') || provider === 'twilio',
    'sms and voice go through twilio',
  )
  .refine(
    ({ channel, provider }) => ['whatsapp', 'sms', 'voice'].includes(channel) || provider === 'meta',
    'messenger and instagram go through meta',
  );
export type CityAccount = z.infer<typeof cityAccountSchema>;

/** A text approved by the provider, in the city's content (`templates.yaml`). */
export const templateSchema = z.object({
  id: slugSchema,
  title: phraseSchema.describe('As operators choose it'),
  /** Its name at Meta. */
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  /** As Meta writes languages: `es_MX`, `en_US`. */
  language: z.string().regex(/^[a-z]{2}(_[A-Z]{2})?$/),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  /** With `{{1}}`, `{{2}}`… */
  body: z.string().min(1).max(1_024),
  /** What stands for each variable, in order: asked of whoever sends it. */
  variables: z.array(z.object({ label: phraseSchema, example: z.string().min(1).max(200) })).max(10),
  /** Its `HX…` in Twilio's Content API; without one it cannot leave by a Twilio account. */
  contentSid: z
    .string()
    .regex(/^HX[0-9a-f]{32}$/)
    .optional(),
  /**
   * `news`: the system tells by it what became of a case, once the window is closed; variables: folio, status.
   * `call`: who waits on the telephone goes on by it in writing; no variables.
   */
  purpose: z.enum(['conversation', 'news', 'call']).default('conversation'),
});
export type Template = z.infer<typeof templateSchema>;

export interface TwilioSettings {
  provider: 'twilio';
  accountSid: string;
  authToken: string;
  /** `MG…`, whose senders hold the account's address: its rules then apply to what is sent. */
  messagingServiceSid: string | null;
  /** `SK…` and its secret: operators' browsers sign in with tokens made of it. Only for telephone lines. */
  apiKey: { sid: string; secret: string } | null;
  /** Who reads to callers, by Twilio's names of its voices. */
  voices: { es: string; en: string };
  /** `https://api.twilio.com`, or an emulation of it. */
  apiUrl: string;
}

export interface MetaSettings {
  provider: 'meta';
  /** Of the phone number (WhatsApp), the page (Messenger) or the profile (Instagram): webhooks name it. */
  objectId: string;
  /** Of the WhatsApp Business Account, which its templates belong to. */
  businessAccountId: string | null;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  /** `https://graph.facebook.com/v23.0`, or an emulation of it. */
  graphUrl: string;
}

/** An account with all that it takes to use it. */
export interface MessagingAccount extends CityAccount {
  settings: TwilioSettings | MetaSettings;
  /** Messages it may send a second; the provider's own limit unless set. */
  messagesPerSecond: number;
  /** It belongs to the emulated provider of this installation. */
  simulated: boolean;
}

/** One account's share of a webhook, as the provider wrote it. */
export interface ProviderInput {
  accountId: string;
  /** Twilio's form fields, or one `changes` / `messaging` entry of Meta's. */
  body: unknown;
}

/** What the channel asks of the server. */
export interface MessagingHost {
  /** The bytes of a stored file, to upload them. */
  readFile(attachmentId: string): Promise<Uint8Array>;
  /** Where a file can be fetched without signing in: for an hour, or for as long as a person may take to look. */
  publicFileUrl(attachmentId: string, reader?: 'provider' | 'person'): string;
  /** Where the provider reports what became of a message. Whole URL. */
  statusUrl(path: string): string;
  template(id: string): Template | undefined;
  /**
   * The provider's ids of what went to somebody until then and is not known to be read: for providers that report on
   * a time instead of on messages. The latest only.
   */
  sentBefore(accountId: string, address: string, at: Date): Promise<string[]>;
}

/** One path where a provider brings what happened. */
export interface WebhookDoor {
  /** Below the server's root. */
  path: string;
  /** Longest body, in bytes. */
  bodyLimit: number;
  /**
   * Answers the provider's handshake (GET).
   * @throws AppError `forbidden`
   */
  greet?(query: Record<string, string | undefined>): string;
  /**
   * Checks the signature, then takes the body apart. Inputs for accounts that the city does not have come with
   * `channel` null: they are kept as they are.
   * @throws AppError `forbidden`, `invalid_input`
   */
  open(request: WebhookRequest): { channel: AccountChannel | null; input: ProviderInput }[];
  /** What the provider is answered after commit. */
  answer: { contentType: string; body: string };
}

/** What `npm run doctor` found out of an account. */
export interface Finding {
  verdict: 'good' | 'bad' | 'unknown';
  what: string;
  /** What to do, naming the screen of the provider where it is done. */
  remedy?: string;
}

/** Looks at one account from outside, by questions alone. @throws nothing: that too is a finding */
export type CheckAccount = (
  account: MessagingAccount,
  city: {
    /** Null: this server has no address that a provider could reach. */ publicUrl: string | null;
    templates: readonly Template[];
  },
) => Promise<Finding[]>;

// ── What the console knows of it ──────────────────────────────────────────────────────────────────────────────

export const templateChoiceSchema = templateSchema.omit({ contentSid: true });
export type TemplateChoice = z.infer<typeof templateChoiceSchema>;

/** How an answer would leave by a messaging channel. */
export const messagingStandingSchema = z.object({
  account: z.object({ id: slugSchema, name: z.string(), address: z.string() }),
  windowClosesAt: timestampSchema.nullable().describe('Until then anything may be said; null: for ever'),
  /** What may be said after that. */
  templates: z.array(templateChoiceSchema),
  optedOutAt: timestampSchema.nullable().describe('They asked for no more notices; answers may still be sent'),
});
export type MessagingStanding = z.infer<typeof messagingStandingSchema>;

/** An account and how it fares. */
export const channelAccountSchema = z.object({
  id: slugSchema,
  channel: channelNameSchema,
  provider: providerSchema,
  name: z.string(),
  address: z.string(),
  state: z.enum(['connected', 'simulated', 'off']).describe('off: no settings for it'),
  lastReceivedAt: timestampSchema.nullable(),
  lastSentAt: timestampSchema.nullable(),
  pausedUntil: timestampSchema.nullable().describe('The provider asked for a pause, or does not answer'),
  waiting: z.number().int().nonnegative().describe('Messages on their way'),
  failedToday: z.number().int().nonnegative(),
  lastFailure: z.object({ code: z.string(), reason: z.string(), at: timestampSchema }).nullable(),
});
export type ChannelAccountHealth = z.infer<typeof channelAccountSchema>;
export const channelAccountsSchema = z.object({
  accounts: z.array(channelAccountSchema),
  /** Input kept because nothing here could read it. */
  undecoded: z.number().int().nonnegative(),
});

export const fillTemplateSchema = z.object({
  id: slugSchema,
  variables: z.array(fieldSchema(1_000, 1)).max(10),
});
