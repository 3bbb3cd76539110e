import { createHmac } from 'node:crypto';
import type { WebhookRequest } from '../../server/contract/channel.ts';
import type { MessagingAccount, MetaSettings } from '../../server/contract/messaging.ts';

/** The ids that the corpus speaks of. */
export const META_IDS = {
  whatsapp: '106540352242922',
  messenger: '102988293558',
  instagram: '17841405822304914',
} as const;
type MetaChannel = keyof typeof META_IDS;

/** An account of the city at Meta, with secrets of its own. */
export function metaAccount(channel: MetaChannel, settings: Partial<MetaSettings> = {}): MessagingAccount {
  return {
    id: channel,
    channel,
    provider: 'meta',
    name: 'Línea Veracruz',
    address: channel === 'whatsapp' ? '+522291000100' : 'lineaveracruz',
    messagesPerSecond: 80,
    simulated: false,
    settings: {
      provider: 'meta',
      objectId: META_IDS[channel],
      businessAccountId: channel === 'whatsapp' ? '102290129340398' : null,
      accessToken: `token-of-${channel}`,
      appSecret: `secret-of-${channel}`,
      verifyToken: `verify-${channel}`,
      graphUrl: 'http://127.0.0.1:1/v23.0',
      ...settings,
    },
  };
}

export const settingsOf = ({ settings }: MessagingAccount): MetaSettings => settings as MetaSettings;

/** As Meta signs what it brings. */
export const metaSignature = (body: string | Buffer, appSecret: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

/** A webhook as it comes to a door. */
export function metaRequest(webhook: unknown, appSecret: string, path = '/webhooks/whatsapp'): WebhookRequest {
  const rawBody = Buffer.from(typeof webhook === 'string' ? webhook : JSON.stringify(webhook));
  return {
    method: 'POST',
    url: `https://example.org${path}`,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': metaSignature(rawBody, appSecret) },
    rawBody,
  };
}

/** A webhook of WhatsApp with these messages, each of its own sender. */
export function whatsappWebhook(
  messages: readonly { id: string; from: string; body: string; name?: string }[],
  phoneNumberId: string = META_IDS.whatsapp,
): object {
  return {
    object: 'whatsapp_business_account',
    entry: messages.map(({ id, from, body, name }) => ({
      id: '102290129340398',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '522291000100', phone_number_id: phoneNumberId },
            contacts: [{ profile: { name: name ?? 'Ana Pérez' }, wa_id: from }],
            messages: [{ from, id, timestamp: '1795341600', type: 'text', text: { body } }],
          },
        },
      ],
    })),
  };
}
