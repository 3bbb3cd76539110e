import type { Finding } from '../../server/contract/messaging.ts';
import { checkWebhook } from './check-webhook.ts';
import type { Checked } from './checked.ts';

const SERVICES = 'console.twilio.com › Messaging › Services › (tu servicio)';

/** Whether the Messaging Service holds the number, and brings what it gets to us. */
export async function checkService({ client, account, webhook }: Checked): Promise<Finding[]> {
  const { messagingServiceSid: sid } = account.settings;
  if (!sid) return [];
  const service = client.messaging.v1.services(sid);
  const { friendlyName, useInboundWebhookOnNumber, inboundRequestUrl, inboundMethod } = await service.fetch();
  const pool =
    account.channel === 'sms'
      ? (await service.phoneNumbers.list({ limit: 400 })).map(({ phoneNumber }) => phoneNumber)
      : (await service.channelSenders.list({ limit: 400 })).map(({ sender }) => sender.replace(/^whatsapp:/, ''));
  const isInPool = pool.includes(account.address);
  const membership: Finding = isInPool
    ? { verdict: 'good', what: `El servicio de mensajería «${friendlyName}» incluye el número.` }
    : {
        verdict: 'bad',
        what: `El servicio de mensajería «${friendlyName}» no incluye el número ${account.address}.`,
        remedy: `Agrégalo en ${SERVICES} › Sender Pool › Add Senders, o quita TWILIO_MESSAGING_SERVICE_SID.`,
      };
  if (account.channel !== 'sms' || useInboundWebhookOnNumber) return [membership];
  const screen = `${SERVICES} › Integration › Send a webhook › Request URL`;
  return [membership, ...checkWebhook(inboundRequestUrl, inboundMethod, webhook, screen)];
}
