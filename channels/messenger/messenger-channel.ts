import { z } from 'zod';
import type { Capabilities, Channel, SendResult } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { MessagingAccount, MessagingHost, ProviderInput } from '../../server/contract/messaging.ts';
import { createGraphClient } from '../meta/graph-client.ts';
import { isMetaAccount, type MetaAccount } from '../meta/meta-account.ts';
import { refusalOf } from '../meta/meta-errors.ts';
import { fetchFile } from '../meta/meta-files.ts';
import { changeOf, messageOf, saysNothing } from './messenger-decode.ts';
import { choiceLimits, messageContent } from './messenger-encode.ts';
import { createNames } from './messenger-names.ts';
import { eventSchema } from './messenger-payload.ts';
import { reportsOf } from './messenger-reports.ts';

/**
 * Instagram counts bytes, 1,000 of them: this holds for any script of Europe and America, and for emojis.
 * @see https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message
 */
const textLength = { messenger: 2_000, instagram: 500 } as const;

const sourceSchema = z.object({ url: z.string() });
const sentSchema = z.object({ message_id: z.string().min(1) });

/** Facebook's Messenger and Instagram: two channels of one platform. */
export function createMessengerChannel(
  name: 'messenger' | 'instagram',
  host: MessagingHost,
  accounts: ReadonlyMap<string, MessagingAccount>,
): Channel<ProviderInput> {
  const names = createNames();
  const capabilities: Capabilities = {
    parts: new Set(['text', 'media', 'choices']),
    textLength: textLength[name],
    delivery: 'push',
    typing: false,
    notices: true,
    pieces: 'many',
    choices: choiceLimits[name],
    settleSeconds: 4,
    windowHours: 24,
  };

  /** @throws Error where there is none: what came is kept as it came */
  function accountOf(accountId: string): MetaAccount {
    const account = accounts.get(accountId);
    if (!isMetaAccount(account) || account.channel !== name)
      throw new Error(`There is no ${name} account ${accountId}`);
    return account;
  }

  return {
    name,
    capabilities,
    async decode(input) {
      const account = accountOf(input.accountId);
      const event = eventSchema.parse(input.body);
      if (event.delivery || event.read) return reportsOf(event, account.id, host);
      const change = changeOf(event);
      if (change) return [change];
      if (saysNothing(event)) return [];
      const displayName = await names.of(account, event.sender.id);
      const from = { address: event.sender.id, ...(displayName ? { displayName } : {}) };
      return [messageOf(event, from, account.settings, input)];
    },
    async send({ accountId, to, message }): Promise<SendResult> {
      const account = accounts.get(accountId);
      if (!isMetaAccount(account)) return notConnected;
      const answer = await createGraphClient(account.settings).post('/me/messages', {
        recipient: { id: to },
        ...(name === 'messenger' ? { messaging_type: 'RESPONSE' } : {}),
        message: messageContent(name, message.parts, host.publicFileUrl),
      });
      if (!answer.ok) return refusalOf(answer.error);
      return { outcome: 'accepted', providerMessageId: sentSchema.parse(answer.body).message_id };
    },
    async fetchMedia(accountId, source) {
      return fetchFile(accountOf(accountId).settings, sourceSchema.parse(source).url, limits.fileBytes);
    },
  };
}

const notConnected: SendResult = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'account_off',
  reason: 'Esta cuenta no está conectada. Pide a quien administra el sistema que la configure.',
};
