import type { TwilioSettings } from '../../../server/contract/messaging.ts';
import type { SimulatedAccount, World } from '../world/world.ts';

export type TwilioAccount = SimulatedAccount & { settings: TwilioSettings };

export function isTwilio(account: SimulatedAccount): account is TwilioAccount {
  return account.settings.provider === 'twilio';
}

/** The senders of the city's one account with Twilio. */
export function twilioAccounts(world: World): TwilioAccount[] {
  return [...world.accounts.values()].filter(isTwilio);
}

/** An address as Twilio writes it. */
export function written(channel: string, address: string): string {
  return channel === 'whatsapp' ? `whatsapp:${address}` : address;
}
