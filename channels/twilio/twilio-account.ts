import type { MessagingAccount, TwilioSettings } from '../../server/contract/messaging.ts';

/** An account whose provider is Twilio. */
export type TwilioAccount = MessagingAccount & { settings: TwilioSettings };

export function isTwilioAccount(account: MessagingAccount | undefined): account is TwilioAccount {
  return account?.settings.provider === 'twilio';
}

/** The city's accounts at Twilio. */
export function twilioAccounts(accounts: ReadonlyMap<string, MessagingAccount>): TwilioAccount[] {
  return [...accounts.values()].filter(isTwilioAccount);
}
