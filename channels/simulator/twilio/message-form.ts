import { z } from 'zod';
import { readForm } from './read-form.ts';

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
export const readMessageForm = (body: URLSearchParams): MessageForm => readForm(body, fields, lists);
