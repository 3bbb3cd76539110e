import type { MessagingAccount, MessagingChannel, MetaSettings } from '../../server/contract/messaging.ts';

/** An account whose provider is Meta. */
export type MetaAccount = MessagingAccount & { settings: MetaSettings; channel: MessagingChannel };

export function isMetaAccount(account: MessagingAccount | undefined): account is MetaAccount {
  return account?.settings.provider === 'meta';
}

/** The city's accounts at Meta on these channels. */
export function metaAccounts(
  accounts: ReadonlyMap<string, MessagingAccount>,
  channels: readonly MessagingChannel[],
): MetaAccount[] {
  return [...accounts.values()].filter(isMetaAccount).filter(({ channel }) => channels.includes(channel));
}
