import type { MessagingAccount, MessagingChannel, WebhookDoor } from '../../server/contract/messaging.ts';
import { phoneOf } from '../../server/contract/phone.ts';
import { type TwilioAccount, twilioAccounts } from './twilio-account.ts';
import { openWebhook, type WebhookForm } from './webhook-form.ts';

/** Where Twilio tells what became of a message. */
export const STATUS_PATH = '/webhooks/twilio/status';
export const MESSAGES_PATH = '/webhooks/twilio/messages';

/**
 * Behind an address: Twilio then brings again what we could not store, up to five times; otherwise it tries once more,
 * and only when it found nobody. It is no part of what Twilio signs.
 * @see https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
 */
export const TRY_AGAIN = '#rc=5&rp=5xx,ct,rt';

/** The longest message has 1,600 characters and ten files, each character up to nine bytes of a form. */
const BODY_LIMIT = 64 * 1024;

/** Where Twilio brings messages of residents, and what became of ours: one of either at a time. */
export function createTwilioDoors(accounts: ReadonlyMap<string, MessagingAccount>): WebhookDoor[] {
  return [door(MESSAGES_PATH, accounts, ({ To }) => To), door(STATUS_PATH, accounts, ({ From }) => From)];
}

function door(
  path: string,
  accounts: ReadonlyMap<string, MessagingAccount>,
  oursOf: (form: WebhookForm) => string | undefined,
): WebhookDoor {
  return {
    path,
    bodyLimit: BODY_LIMIT,
    open(request) {
      const candidates = twilioAccounts(accounts);
      const body = openWebhook(request, candidates);
      const ours = oursOf(body) ?? '';
      const account = accountOf(candidates, body, ours);
      return [{ channel: account?.channel ?? null, input: { accountId: account?.id ?? ours, body } }];
    },
    answer: { contentType: 'text/xml', body: '<Response></Response>' },
  };
}

/** The account with that number; without a number, the one whose Messaging Service it came by. */
function accountOf(accounts: readonly TwilioAccount[], form: WebhookForm, ours: string): TwilioAccount | undefined {
  const channel: MessagingChannel | null = channelOf(ours);
  const candidates = accounts.filter(
    (account) => account.channel === channel && account.settings.accountSid === form.AccountSid,
  );
  const { MessagingServiceSid: service } = form;
  return (
    candidates.find(({ address }) => phoneOf(address) === phoneOf(ours)) ??
    (phoneOf(ours) ? undefined : candidates.find(({ settings }) => service && settings.messagingServiceSid === service))
  );
}

function channelOf(address: string): MessagingChannel | null {
  if (address.startsWith('whatsapp:')) return 'whatsapp';
  return /^[a-z]+:/.test(address) ? null : 'sms';
}
