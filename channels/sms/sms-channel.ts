import type { Channel } from '../../server/contract/channel.ts';
import type { Part } from '../../server/contract/message.ts';
import type { MessagingAccount, MessagingHost, ProviderInput } from '../../server/contract/messaging.ts';
import { decodeWebhook } from '../twilio/decode-webhook.ts';
import { fetchMedia } from '../twilio/fetch-media.ts';
import { sendMessage } from '../twilio/send-message.ts';
import { isTwilioAccount } from '../twilio/twilio-account.ts';
import { STATUS_PATH } from '../twilio/twilio-doors.ts';

/**
 * With an accent a text is UCS-2: 67 characters to a segment (3GPP TS 23.040). Telephones put ten together; beyond
 * that the end is lost with some carriers.
 */
const TEXT_LENGTH = 670;

/** SMS through Twilio. Mexican carriers have no MMS: files go out as links. */
export function createSmsChannel(
  host: MessagingHost,
  accounts: ReadonlyMap<string, MessagingAccount>,
): Channel<ProviderInput> {
  const inWords = (part: Part): string[] => {
    if (part.type === 'text') return [part.text];
    return part.type === 'media' ? [`${part.name}\n${host.publicFileUrl(part.attachmentId, 'person')}`] : [];
  };

  return {
    name: 'sms',
    capabilities: {
      parts: new Set(['text', 'media']),
      textLength: TEXT_LENGTH,
      delivery: 'push',
      typing: false,
      notices: true,
      pieces: 'many',
      settleSeconds: 4,
      windowHours: null,
    },
    async decode(input) {
      return decodeWebhook(input);
    },
    async send({ accountId, to, message: { parts } }) {
      const account = accounts.get(accountId);
      if (!isTwilioAccount(account)) return notConnected;
      return sendMessage(account, {
        from: account.address,
        to,
        body: parts.flatMap(inWords).join('\n\n'),
        statusCallback: host.statusUrl(STATUS_PATH),
      });
    },
    async fetchMedia(accountId, source) {
      const account = accounts.get(accountId);
      if (!isTwilioAccount(account)) throw new Error(`There is no SMS account ${accountId}`);
      return fetchMedia(account, source);
    },
  };
}

const notConnected = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'account_off',
  reason: 'Esta cuenta de SMS no está conectada. Pide a quien administra el sistema que la configure.',
} as const;
