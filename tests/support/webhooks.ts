import { createHmac } from 'node:crypto';
import type { MetaSettings, TwilioSettings } from '../../server/contract/messaging.ts';

/** A text message as Twilio brings it to `/webhooks/twilio/messages`, signed as Twilio signs (SHA-1 over URL and fields). */
export function postTwilioText(
  publicUrl: string,
  { accountSid, authToken }: TwilioSettings,
  text: { sid: string; from: string; to: string; body: string },
): Promise<Response> {
  const url = `${publicUrl}/webhooks/twilio/messages`;
  const fields: Record<string, string> = {
    MessageSid: text.sid,
    SmsMessageSid: text.sid,
    AccountSid: accountSid,
    From: text.from,
    To: text.to,
    Body: text.body,
    NumMedia: '0',
    NumSegments: '1',
    SmsStatus: 'received',
    ApiVersion: '2010-04-01',
  };
  const signed = Object.keys(fields)
    .sort()
    .map((key) => `${key}${fields[key]}`)
    .join('');
  const signature = createHmac('sha1', authToken).update(`${url}${signed}`).digest('base64');
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    body: new URLSearchParams(fields).toString(),
  });
}

export interface WhatsAppText {
  id: string;
  /** Digits alone, as Meta writes numbers. */
  from: string;
  body: string;
}

/** Text messages as Meta brings them to `/webhooks/whatsapp`, several in one, signed over the raw body (SHA-256). */
export function postWhatsAppTexts(
  publicUrl: string,
  { objectId, businessAccountId, appSecret }: MetaSettings,
  texts: readonly WhatsAppText[],
): Promise<Response> {
  const entry = texts.map(({ id, from, body }) => ({
    id: businessAccountId,
    changes: [
      {
        field: 'messages',
        value: {
          messaging_product: 'whatsapp',
          metadata: { display_phone_number: '522291000100', phone_number_id: objectId },
          contacts: [{ profile: { name: 'Lupe' }, wa_id: from }],
          messages: [{ from, id, timestamp: String(Math.floor(Date.now() / 1_000)), type: 'text', text: { body } }],
        },
      },
    ],
  }));
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  return fetch(`${publicUrl}/webhooks/whatsapp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  });
}
