import type { SendResult } from '../../server/contract/channel.ts';
import type { Message } from '../../server/contract/message.ts';
import type { MessagingAccount, MessagingHost } from '../../server/contract/messaging.ts';
import { decodeWebhook } from '../twilio/decode-webhook.ts';
import { fetchMedia } from '../twilio/fetch-media.ts';
import { type MessageFields, sendMessage } from '../twilio/send-message.ts';
import { isTwilioAccount, type TwilioAccount } from '../twilio/twilio-account.ts';
import { STATUS_PATH } from '../twilio/twilio-doors.ts';
import type { WhatsAppAdapter } from './adapter.ts';

/** WhatsApp by Twilio. It has no buttons outside of approved templates: choices go out as a numbered menu. */
export function createTwilioAdapter(host: MessagingHost): WhatsAppAdapter {
  return {
    capabilities: {
      parts: new Set(['text', 'media', 'location', 'template']),
      textLength: 1_600,
      delivery: 'push',
      typing: false,
      notices: true,
      pieces: 'many',
      settleSeconds: 4,
      windowHours: 24,
    },
    decode: ({ id: accountId }, body) => decodeWebhook({ accountId, body }),
    async send(account, { to, message }) {
      const said = encode(message, host);
      if ('outcome' in said) return said;
      return sendMessage(twilio(account), {
        ...said,
        from: `whatsapp:${account.address}`,
        to: to.startsWith('whatsapp:') ? to : `whatsapp:${to}`,
        statusCallback: host.statusUrl(STATUS_PATH),
      });
    },
    fetchMedia: (account, source) => fetchMedia(twilio(account), source),
  };
}

type Said = Omit<MessageFields, 'from' | 'to' | 'statusCallback'>;

/** One message of WhatsApp: words, with a file or a place, or a template. */
function encode({ parts }: Message, host: MessagingHost): Said | SendResult {
  const template = parts.find((part) => part.type === 'template');
  if (template) {
    const contentSid = host.template(template.templateId)?.contentSid;
    if (!contentSid) return withoutContent;
    const variables = template.variables.map((value, index) => [String(index + 1), value]);
    return { contentSid, contentVariables: JSON.stringify(Object.fromEntries(variables)) };
  }
  const body = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
  const mediaUrl = parts.flatMap((part) => (part.type === 'media' ? [host.publicFileUrl(part.attachmentId)] : []));
  const place = parts.find((part) => part.type === 'location');
  if (!place) return { ...(body ? { body } : {}), ...(mediaUrl.length > 0 ? { mediaUrl } : {}) };
  // https://www.twilio.com/docs/whatsapp/message-features: the words are the place's name, the label its address.
  const label = place.label ?? `${place.latitude}, ${place.longitude}`;
  const persistentAction = [`geo:${place.latitude},${place.longitude}|${label}`];
  return { body: body || label, persistentAction };
}

function twilio(account: MessagingAccount): TwilioAccount {
  if (!isTwilioAccount(account)) throw new Error(`${account.id} is no account at Twilio`);
  return account;
}

const withoutContent = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'no_content_sid',
  reason:
    'Esta plantilla no está dada de alta en Twilio. Elige otra o pide a quien administra el sistema su ContentSid.',
} as const;
