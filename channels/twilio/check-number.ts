import type { Finding } from '../../server/contract/messaging.ts';
import { checkWebhook } from './check-webhook.ts';
import type { Checked } from './checked.ts';

const SCREEN =
  'console.twilio.com › Phone Numbers › Manage › Active numbers › (tu número) › Messaging › A message comes in';

/** Whether the number of an SMS account is there, can send, and brings what it gets to us. */
export async function checkNumber({ client, account, webhook }: Checked): Promise<Finding[]> {
  const { address, settings } = account;
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: address, limit: 1 });
  if (!number) {
    return [
      {
        verdict: 'bad',
        what: `El número ${address} no es de esta cuenta de Twilio.`,
        remedy:
          'Compra un número con SMS en console.twilio.com › Phone Numbers › Buy a number, y escríbelo en accounts de city.yaml.',
      },
    ];
  }
  if (!number.capabilities.sms) {
    const remedy = 'Elige otro con «SMS» entre sus Capabilities, en console.twilio.com › Phone Numbers › Buy a number.';
    return [{ verdict: 'bad', what: `El número ${address} no puede enviar SMS.`, remedy }];
  }
  const good: Finding = { verdict: 'good', what: `El número ${address} es de la cuenta y envía SMS.` };
  if (settings.messagingServiceSid) {
    const { useInboundWebhookOnNumber } = await client.messaging.v1.services(settings.messagingServiceSid).fetch();
    if (!useInboundWebhookOnNumber) return [good];
  }
  if (number.smsApplicationSid) {
    const what = 'Del número se ocupa una TwiML App, no este servidor.';
    return [good, { verdict: 'bad', what, remedy: `En ${SCREEN}, elige Webhook en vez de TwiML App.` }];
  }
  return [good, ...checkWebhook(number.smsUrl, number.smsMethod, webhook, SCREEN)];
}
