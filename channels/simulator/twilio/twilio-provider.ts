import type { Provider, ProviderParts } from '../provider.ts';
import type { SimulatedMessage } from '../world/message.ts';
import type { SimulatedAccount } from '../world/world.ts';
import { inboundFields } from './inbound-fields.ts';
import { isTwilio, type TwilioAccount, written } from './twilio-account.ts';
import { twilioLetter } from './twilio-letter.ts';
import { mediaPath, twilioRoutes } from './twilio-routes.ts';

/** Where the city's numbers are set up to bring what comes in. */
const INBOUND_PATH = '/webhooks/twilio/messages';

/** Twilio at the network: Messages of its REST API (2010-04-01), and its webhooks. */
export function createTwilio(parts: ProviderParts): Provider {
  const { world, postman, ownUrl, cityUrl } = parts;

  const letter = (account: TwilioAccount, url: string, fields: Record<string, string>) =>
    twilioLetter(account, { url, method: 'POST' }, fields, `${account.id} ${fields.From} ${fields.To}`);

  function inbound(account: TwilioAccount, message: SimulatedMessage): void {
    const person = world.people.get(message.personId);
    if (!person) return;
    const url = cityUrl(INBOUND_PATH);
    const mediaUrl = (fileId: string) => `${ownUrl()}${mediaPath(account, message.id, fileId)}`;
    const fields = inboundFields(account, person, message, mediaUrl);
    const outcome = {
      taken: () => settle(message, 'delivered'),
      lost: () => settle(message, 'failed'),
    };
    postman.post({
      ...letter(account, url, fields),
      ...outcome,
      // A number has a fallback URL; set to the same address, it is a second try that says what went wrong.
      fallback: () => ({
        ...letter(account, url, { ...fields, ErrorCode: '11200', ErrorUrl: url }),
        ...outcome,
      }),
    });
  }

  function settle(message: SimulatedMessage, status: 'delivered' | 'failed'): void {
    if (message.status === 'delivered') return;
    message.status = status;
    world.events.emit('status', message);
  }

  function report(account: TwilioAccount, message: SimulatedMessage): void {
    const { statusCallback: url, failure } = message;
    const person = world.people.get(message.personId);
    if (!url || !person || (message.status === 'read' && account.channel === 'sms')) return;
    // What the network itself refused is undelivered; the rest never got there.
    const isUndelivered = failure !== null && failure.code >= 30_000 && failure.code < 31_000;
    const status = isUndelivered ? 'undelivered' : message.status;
    const to = written(account.channel, person.phone ?? person.bsuid);
    postman.post(
      letter(account, url, {
        SmsSid: message.id,
        SmsStatus: status,
        MessageStatus: status,
        To: to,
        MessageSid: message.id,
        AccountSid: account.settings.accountSid,
        From: written(account.channel, account.address),
        ApiVersion: '2010-04-01',
        ...(failure ? { ErrorCode: String(failure.code), ErrorMessage: failure.title } : {}),
        ...(account.channel === 'whatsapp' ? { ChannelPrefix: 'whatsapp', ChannelToAddress: to } : {}),
      }),
    );
  }

  return {
    routes: twilioRoutes(parts, report),
    tell: (account, message) => ofTwilio(account, (one) => inbound(one, message)),
    report: (account, message) => ofTwilio(account, (one) => report(one, message)),
    // Its webhooks know neither reactions nor edits.
    recall: null,
  };
}

function ofTwilio(account: SimulatedAccount, work: (account: TwilioAccount) => void): void {
  if (isTwilio(account)) work(account);
}
