import type { Capabilities, Channel } from '../../server/contract/channel.ts';
import type { MessagingAccount, MessagingHost, Provider, ProviderInput } from '../../server/contract/messaging.ts';
import type { WhatsAppAdapter } from './adapter.ts';
import { createMetaAdapter } from './meta-adapter.ts';
import { createTwilioAdapter } from './twilio-adapter.ts';

/** What holds for WhatsApp whoever carries it: the least that one of its providers takes. */
const capabilities: Capabilities = {
  parts: new Set(['text', 'media', 'location', 'template']),
  textLength: 1_600,
  delivery: 'push',
  typing: false,
  notices: true,
  pieces: 'many',
  settleSeconds: 4,
  windowHours: 24,
};

/** WhatsApp, each account by the provider that the city has it with. */
export function createWhatsAppChannel(
  host: MessagingHost,
  accounts: ReadonlyMap<string, MessagingAccount>,
): Channel<ProviderInput> {
  const adapters: Partial<Record<Provider, WhatsAppAdapter>> = {
    twilio: createTwilioAdapter(host),
    meta: createMetaAdapter(host),
  };

  function find(accountId: string): { account: MessagingAccount; adapter: WhatsAppAdapter } | null {
    const account = accounts.get(accountId);
    const adapter = account && adapters[account.provider];
    return adapter ? { account, adapter } : null;
  }

  return {
    name: 'whatsapp',
    capabilities,
    capabilitiesOf: (accountId) => find(accountId)?.adapter.capabilities ?? capabilities,
    async decode({ accountId, body }) {
      const found = find(accountId);
      if (!found) throw new Error(`There is no WhatsApp account ${accountId}`);
      return found.adapter.decode(found.account, body);
    },
    async send(message) {
      const found = find(message.accountId);
      return found ? found.adapter.send(found.account, message) : notConnected;
    },
    async fetchMedia(accountId, source) {
      const found = find(accountId);
      if (!found) throw new Error(`There is no WhatsApp account ${accountId}`);
      return found.adapter.fetchMedia(found.account, source);
    },
  };
}

const notConnected = {
  outcome: 'rejected',
  permanent: false,
  providerCode: 'account_off',
  reason: 'Esta cuenta de WhatsApp no está conectada. Pide a quien administra el sistema que la configure.',
} as const;
