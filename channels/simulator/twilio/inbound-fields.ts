import type { Content, SimulatedMessage } from '../world/message.ts';
import type { Person } from '../world/person.ts';
import { mediaOf, textOf } from './message-resource.ts';
import { segmentsOf } from './segments.ts';
import { type TwilioAccount, written } from './twilio-account.ts';

/** The form that Twilio brings when somebody wrote. */
export function inboundFields(
  account: TwilioAccount,
  person: Person,
  message: SimulatedMessage,
  mediaUrl: (fileId: string) => string,
): Record<string, string> {
  const { accountSid } = account.settings;
  const media = mediaOf(message.content);
  const body = textOf(message.content);
  const fields: Record<string, string> = {
    ToCountry: 'MX',
    SmsMessageSid: message.id,
    NumMedia: String(media.length),
    SmsSid: message.id,
    SmsStatus: 'received',
    Body: body,
    To: written(account.channel, account.address),
    NumSegments: String(segmentsOf(body)),
    MessageSid: message.id,
    AccountSid: accountSid,
    From: written(account.channel, person.phone ?? person.bsuid),
    ApiVersion: '2010-04-01',
  };
  for (const [index, { mimeType, fileId }] of media.entries()) {
    fields[`MediaContentType${index}`] = mimeType;
    fields[`MediaUrl${index}`] = mediaUrl(fileId);
  }
  if (account.channel === 'whatsapp') Object.assign(fields, whatsAppFields(person, message));
  else
    Object.assign(fields, { FromCountry: person.phone?.startsWith('+52') ? 'MX' : 'US', FromCity: '', FromState: '' });
  return fields;
}

function whatsAppFields(person: Person, message: SimulatedMessage): Record<string, string> {
  return {
    ProfileName: person.name,
    MessageType: messageType(message.content[0]),
    ...(person.waId ? { WaId: person.waId } : {}),
    ExternalUserId: person.bsuid,
    ChannelMetadata: JSON.stringify({
      type: 'whatsapp',
      data: { context: { ProfileName: person.name, ...(person.waId ? { WaId: person.waId } : {}) } },
    }),
    ...(message.repliesTo ? { OriginalRepliedMessageSid: message.repliesTo } : {}),
    ...Object.assign({}, ...message.content.map(ofContent)),
  };
}

function ofContent(content: Content): Record<string, string> {
  if (content.type === 'location') {
    const { latitude, longitude, label } = content;
    return { Latitude: String(latitude), Longitude: String(longitude), ...(label ? { Label: label } : {}) };
  }
  if (content.type === 'choice') return { ButtonText: content.title, ButtonPayload: content.id };
  return {};
}

function messageType(content: Content | undefined): string {
  if (content?.type === 'media') return content.kind === 'voice' ? 'audio' : content.kind;
  if (content?.type === 'choice') return 'button';
  if (content?.type === 'contact') return 'contacts';
  return content?.type === 'location' ? 'location' : 'text';
}
