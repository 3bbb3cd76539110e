import { z } from 'zod';
import { TwilioError } from './twilio-error.ts';

const flag = z.enum(['true', 'false']);
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/**
 * The fields of CreateMessage in Twilio's OpenAPI description (api v2010); those with lists may come several times.
 * A field that is not here is refused, although Twilio itself would overlook it: it is a mistake in any case.
 */
const fields = {
  To: z.string(),
  From: z.string(),
  FallbackFrom: z.string(),
  MessagingServiceSid: z.string().regex(/^MG[0-9a-fA-F]{32}$/),
  Body: z.string(),
  ContentSid: z.string(),
  ContentVariables: z.string(),
  StatusCallback: z.string(),
  ApplicationSid: z.string().regex(/^AP[0-9a-fA-F]{32}$/),
  MaxPrice: z.coerce.number(),
  ProvideFeedback: flag,
  Attempt: whole(1, 1_000),
  ValidityPeriod: whole(1, 36_000),
  ForceDelivery: flag,
  ContentRetention: z.enum(['retain', 'discard']),
  AddressRetention: z.enum(['retain', 'obfuscate']),
  SmartEncoded: flag,
  TrafficType: z.literal('free'),
  ShortenUrls: flag,
  ScheduleType: z.literal('fixed'),
  SendAt: z.iso.datetime({ offset: true }),
  SendAsMms: flag,
  RiskCheck: z.enum(['enable', 'disable']),
  MessageIntent: z.string().max(40),
} as const;
const lists = ['MediaUrl', 'PersistentAction'] as const;

const formSchema = z.object(fields).partial();
export type MessageForm = z.infer<typeof formSchema> & Record<(typeof lists)[number], string[]>;

/** @throws TwilioError 20001 */
export function readMessageForm(body: URLSearchParams): MessageForm {
  const single: Record<string, string> = {};
  for (const [name, value] of body) {
    if (isList(name)) continue;
    if (!Object.hasOwn(fields, name)) throw new TwilioError(20001, name);
    if (name in single) throw new TwilioError(20001, `${name} (more than once)`);
    // Twilio takes an empty field for one that was not given.
    if (value !== '') single[name] = value;
  }
  const parsed = formSchema.safeParse(single);
  if (!parsed.success) throw new TwilioError(20001, String(parsed.error.issues[0]?.path[0]));
  return { ...parsed.data, MediaUrl: body.getAll('MediaUrl'), PersistentAction: body.getAll('PersistentAction') };
}

const isList = (name: string): boolean => (lists as readonly string[]).includes(name);
