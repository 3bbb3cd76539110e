import { randomInt } from 'node:crypto';
import type { Channel, OutboundMessage } from '../../server/contract/channel.ts';
import type { ProviderInput } from '../../server/contract/messaging.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import {
  startTwilioServer,
  TWILIO_SID,
  type TwilioServer,
  type TwilioTrouble,
  twilioMessage,
} from '../support/twilio-server.ts';
import { describeChannel } from './channel-conformance.ts';
import type { Mishap, Subject } from './subject.ts';

const TROUBLE: Record<Mishap, TwilioTrouble> = {
  refusal: { status: 400, code: 21614 },
  later: { status: 429, code: 20429, retryAfter: 1 },
  'broken line': 'broken line',
};

/** Twilio's status for each of ours; what it takes for undelivered is a failure to us. */
const STATUS = { sent: 'sent', delivered: 'delivered', read: 'read', failed: 'undelivered' } as const;

let twilio: TwilioServer;

const plug =
  (name: 'sms' | 'whatsapp', accountId: string, reports: (keyof typeof STATUS)[]) =>
  async ({ server }: ContactCentre): Promise<Subject<ProviderInput>> => {
    const { channels, accounts } = server.context;
    const channel = channels.get(name) as Channel<ProviderInput>;
    const ours = `${name === 'whatsapp' ? 'whatsapp:' : ''}${accounts.get(accountId)?.address}`;
    const theirs = name === 'whatsapp' ? (address: string) => `whatsapp:${address}` : (address: string) => address;
    /** Twilio's ids of each message it took. */
    const taken = new Map<string, (string | undefined)[]>();
    channels.set(name, {
      ...channel,
      async send(outbound: OutboundMessage) {
        const result = await channel.send(outbound);
        const { id } = outbound.message;
        if (result.outcome === 'accepted') taken.set(id, [...(taken.get(id) ?? []), result.providerMessageId]);
        return result;
      },
    } as never);
    return {
      channel,
      accountId,
      address: () => `+52229${randomInt(1_000_000, 9_999_999)}`,
      input: ({ from, id, text }) => ({
        accountId,
        body: twilioMessage({ From: theirs(from), To: ours, MessageSid: `SM${id.replaceAll('-', '')}`, Body: text }),
      }),
      undecodable: { accountId, body: { AccountSid: TWILIO_SID, To: ours } },
      provider: {
        meet: (...mishaps) => void twilio.trouble.push(...mishaps.map((mishap) => TROUBLE[mishap])),
        refusal: { code: '21614', reason: 'Ese número no es de un celular. Busca a la persona por otro medio.' },
        got: (messageId) =>
          (taken.get(messageId) ?? []).flatMap((sid) =>
            twilio.sent.filter((sent) => sent.sid === sid).map(({ text }) => [text]),
          ),
        reports,
        report: ({ providerMessageId, status }) => ({
          accountId,
          body: {
            AccountSid: TWILIO_SID,
            MessageSid: providerMessageId,
            MessageStatus: STATUS[status],
            ...(status === 'failed' ? { ErrorCode: '30005' } : {}),
          },
        }),
      },
      close: () => void twilio.stop(),
    };
  };

const settings = async () => {
  twilio = await startTwilioServer();
  return twilio.settings;
};
const claims = { delivery: 'push', batches: false, pieces: 'many' } as const;

describeChannel('SMS', claims, plug('sms', 'sms', ['sent', 'delivered', 'failed']), settings);
describeChannel(
  'WhatsApp by Twilio',
  claims,
  plug('whatsapp', 'whatsapp-proteccion-civil', ['sent', 'delivered', 'read', 'failed']),
  settings,
);
