import type { Finding } from '../../server/contract/messaging.ts';
import { checkWebhook } from './check-webhook.ts';
import type { Checked } from './checked.ts';

/** The number that all of Twilio's customers try WhatsApp with. */
const SANDBOX = '+14155238886';
const SENDERS = 'console.twilio.com › Messaging › Senders › WhatsApp senders';
const SANDBOX_SCREEN = 'console.twilio.com › Messaging › Try it out › Send a WhatsApp message › Sandbox settings';

/** Whether the number of a WhatsApp account is registered there, and brings what it gets to us. */
export async function checkSender({ client, account, webhook }: Checked): Promise<Finding[]> {
  if (account.address === SANDBOX) return [sandbox(webhook)];
  const senders = await client.messaging.v2.channelsSenders.list({ channel: 'whatsapp', limit: 1_000 });
  const sender = senders.find(({ senderId }) => senderId === `whatsapp:${account.address}`);
  if (!sender) {
    return [
      {
        verdict: 'bad',
        what: `El número ${account.address} no está dado de alta en WhatsApp con esta cuenta de Twilio.`,
        remedy: `Dalo de alta en ${SENDERS} › Create new sender, o corrige accounts en city.yaml.`,
      },
    ];
  }
  const isOnline = sender.status.startsWith('ONLINE');
  const standing: Finding = isOnline
    ? { verdict: 'good', what: `WhatsApp tiene dado de alta el número ${account.address}.` }
    : {
        verdict: 'bad',
        what: `WhatsApp tiene el número ${account.address}, pero no en línea (${sender.status}).`,
        remedy: `Ábrelo en ${SENDERS}: ahí dice qué falta.`,
      };
  const { callbackUrl, callbackMethod } = sender.webhook ?? {};
  const screen = `${SENDERS} › (tu número) › Webhook URL for incoming messages`;
  return [standing, ...checkWebhook(callbackUrl, callbackMethod ?? 'POST', webhook, screen)];
}

const sandbox = (webhook: string | null): Finding => ({
  verdict: 'unknown',
  what: 'Es el número de prueba de Twilio: solo escribe a quien le envió su palabra de entrada.',
  remedy: `Revisa que ${SANDBOX_SCREEN} › When a message comes in diga ${webhook ?? 'PUBLIC_URL/webhooks/twilio/messages'}.`,
});
