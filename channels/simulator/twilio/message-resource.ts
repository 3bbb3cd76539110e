import type { Content, SimulatedMessage } from '../world/message.ts';
import type { World } from '../world/world.ts';
import { segmentsOf } from './segments.ts';
import { type TwilioAccount, written } from './twilio-account.ts';

/** A message as Twilio's API shows it. */
export function messageResource(world: World, message: SimulatedMessage, account: TwilioAccount) {
  const { accountSid, messagingServiceSid } = account.settings;
  const path = `/2010-04-01/Accounts/${accountSid}/Messages/${message.id}`;
  const person = world.people.get(message.personId);
  const theirs = written(account.channel, person?.phone ?? person?.bsuid ?? '');
  const ours = written(account.channel, account.address);
  const inbound = message.from === 'person';
  const body = textOf(message.content);
  return {
    body,
    num_segments: String(segmentsOf(body)),
    direction: inbound ? 'inbound' : 'outbound-api',
    from: inbound ? theirs : ours,
    to: inbound ? ours : theirs,
    date_created: rfc2822(message.at),
    date_updated: rfc2822(message.at),
    date_sent: message.status === 'queued' ? null : rfc2822(message.at),
    price: null,
    price_unit: 'USD',
    error_message: message.failure?.title ?? null,
    error_code: message.failure?.code ?? null,
    uri: `${path}.json`,
    account_sid: accountSid,
    num_media: String(mediaOf(message.content).length),
    status: inbound ? 'received' : message.status,
    messaging_service_sid: messagingServiceSid,
    sid: message.id,
    api_version: '2010-04-01',
    subresource_uris: { media: `${path}/Media.json` },
  };
}

/** All words of a message, one after the other. */
export function textOf(content: Content[]): string {
  return content
    .flatMap((one) => {
      if (one.type === 'text' || one.type === 'template') return one.text;
      if (one.type === 'choice') return one.title;
      return one.type === 'media' && one.caption ? one.caption : [];
    })
    .join('\n');
}

/** Files of a message; a contact is one. */
export function mediaOf(content: Content[]): { fileId: string; mimeType: string }[] {
  return content.flatMap((one) => {
    if (one.type === 'media') return { fileId: one.fileId, mimeType: one.mimeType };
    return one.type === 'contact' && one.fileId ? { fileId: one.fileId, mimeType: 'text/vcard' } : [];
  });
}

/** `Tue, 18 Aug 2026 18:07:01 +0000` */
export function rfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}
