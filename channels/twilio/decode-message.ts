import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { InboundMessage } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { MediaPart, Part } from '../../server/contract/message.ts';
import type { ProviderInput } from '../../server/contract/messaging.ts';
import { phoneOf } from '../../server/contract/phone.ts';
import { mediaName } from './media-name.ts';

/** Twilio adds fields without notice: what is not named here is kept with what cannot be read. */
const messageSchema = z.looseObject({
  MessageSid: z.string().min(1).max(64),
  From: z.string().min(1).max(320),
  Body: z.string().optional(),
  /** WhatsApp: what kind it is, as WhatsApp calls it. */
  MessageType: z.string().max(60).optional(),
  NumMedia: z.coerce.number().int().min(0).max(100).default(0),
  Latitude: z.coerce.number().min(-90).max(90).optional(),
  Longitude: z.coerce.number().min(-180).max(180).optional(),
  Address: z.string().optional(),
  Label: z.string().optional(),
  ProfileName: z.string().optional(),
  WaId: z.string().max(200).optional(),
  /** WhatsApp: the person's id for this business, whether their number is shown or not. */
  ExternalUserId: z.string().max(300).optional(),
  ButtonText: z.string().optional(),
  ButtonPayload: z.string().optional(),
  ListId: z.string().optional(),
  ListTitle: z.string().optional(),
  OriginalRepliedMessageSid: z.string().max(64).optional(),
  ReferralHeadline: z.string().optional(),
  ReferralBody: z.string().optional(),
  ReferralSourceUrl: z.string().optional(),
});
type Message = z.infer<typeof messageSchema>;
type ToFetch = NonNullable<InboundMessage['toFetch']>;

/** A message that somebody sent by SMS or WhatsApp. @throws what cannot be read */
export function decodeMessage(input: ProviderInput): InboundMessage {
  const message = messageSchema.parse(input.body);
  const { media, toFetch } = filesOf(message);
  const parts = [...referralOf(message), ...wordsOf(message), ...placeOf(message), ...media];
  return {
    type: 'message',
    externalId: message.MessageSid,
    from: senderOf(message),
    ...(parts.length > 0
      ? { parts }
      : {
          parts: [{ type: 'unsupported', kind: message.MessageType ?? 'empty' }],
          raw: JSON.stringify(input),
        }),
    ...(toFetch.length > 0 ? { toFetch } : {}),
    ...(message.OriginalRepliedMessageSid ? { repliesTo: message.OriginalRepliedMessageSid } : {}),
  };
}

/**
 * Who wrote. The number leads where it is shown; WhatsApp's own id of the person leads to the same conversation, so that
 * it goes on when the number is hidden one day.
 */
function senderOf({ From, WaId, ExternalUserId, ProfileName }: Message): InboundMessage['from'] {
  const named = [From.replace(/^whatsapp:/, ''), WaId, ExternalUserId];
  const ids = named.filter((id): id is string => Boolean(id));
  const phone = ids.map(phoneOf).find((number) => number !== null) ?? null;
  const address = phone ?? ids[0] ?? From;
  const aliases = [...new Set(ids.map((id) => phoneOf(id) ?? id))].filter((id) => id !== address);
  return {
    address,
    ...(From === address ? {} : { replyTo: From }),
    ...(phone ? { phone } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(ProfileName ? { displayName: ProfileName.slice(0, limits.nameLength) } : {}),
  };
}

/** What was said, or picked: the words of a button stand in the body once more. */
function wordsOf({ Body, ButtonText, ButtonPayload, ListId, ListTitle }: Message): Part[] {
  const title = (ListTitle ?? ButtonText ?? '').trim().slice(0, 80);
  if (title) return [{ type: 'choice', id: (ListId ?? ButtonPayload ?? title).slice(0, 120) || title, title }];
  const text = (Body ?? '').trim();
  return text ? [{ type: 'text', text: text.slice(0, limits.storedTextLength) }] : [];
}

function placeOf({ Latitude, Longitude, Label, Address }: Message): Part[] {
  if (Latitude === undefined || Longitude === undefined) return [];
  const label = [Label, Address].filter(Boolean).join(', ').slice(0, 200);
  return [{ type: 'location', latitude: Latitude, longitude: Longitude, ...(label ? { label } : {}) }];
}

function referralOf({ ReferralHeadline, ReferralBody, ReferralSourceUrl }: Message): Part[] {
  if (!ReferralHeadline && !ReferralBody && !ReferralSourceUrl) return [];
  return [
    {
      type: 'referral',
      headline: (ReferralHeadline ?? '').slice(0, 300),
      body: (ReferralBody ?? '').slice(0, 1_000),
      url: (ReferralSourceUrl ?? '').slice(0, 2_000),
    },
  ];
}

function filesOf(message: Message): { media: MediaPart[]; toFetch: ToFetch } {
  const count = Math.min(message.NumMedia, limits.storedParts - 4);
  const media: MediaPart[] = [];
  const toFetch: ToFetch = [];
  for (let index = 0; index < count; index += 1) {
    const url = message[`MediaUrl${index}`];
    if (typeof url !== 'string') continue;
    const mimeType = String(message[`MediaContentType${index}`] ?? 'application/octet-stream').slice(0, 120);
    const attachmentId = randomUUID();
    const look = lookOf(message.MessageType, mimeType);
    const name = mediaName(mimeType);
    media.push({ type: 'media', attachmentId, name, mimeType, size: 0, arriving: true, ...(look ? { look } : {}) });
    toFetch.push({ attachmentId, source: { url } });
  }
  return { media, toFetch };
}

/** WhatsApp records voice notes as Ogg; a song that somebody forwards is anything else. */
function lookOf(messageType: string | undefined, mimeType: string): MediaPart['look'] {
  if (messageType === 'sticker' || (messageType === undefined && mimeType === 'image/webp')) return 'sticker';
  return mimeType.startsWith('audio/ogg') ? 'voice' : undefined;
}
