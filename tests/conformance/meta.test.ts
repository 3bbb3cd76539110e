import { randomInt } from 'node:crypto';
import type { Channel, OutboundMessage } from '../../server/contract/channel.ts';
import type { ProviderInput } from '../../server/contract/messaging.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { type MetaServer, type MetaTrouble, startMetaServer } from '../support/meta-server.ts';
import { META_IDS } from '../support/meta-webhook.ts';
import { describeChannel } from './channel-conformance.ts';
import type { Mishap, Said, Subject } from './subject.ts';

type Name = 'whatsapp' | 'messenger' | 'instagram';
type Report = Parameters<NonNullable<Subject<ProviderInput>['provider']>['report']>[0];

let meta: MetaServer;

const pageTrouble: Record<Mishap, MetaTrouble> = {
  refusal: { status: 400, code: 551, subcode: 1545041 },
  later: { status: 429, code: 613, retryAfter: 1 },
  'broken line': 'broken line',
};
const trouble: Record<Name, Record<Mishap, MetaTrouble>> = {
  whatsapp: { ...pageTrouble, refusal: { status: 400, code: 131026 }, later: { status: 429, code: 130429 } },
  messenger: pageTrouble,
  instagram: pageTrouble,
};

const gone = 'Esta persona ya no recibe mensajes de la cuenta: la bloqueó o cerró la suya. Búscala por otro medio.';
const refusals: Record<Name, { code: string; reason: string }> = {
  whatsapp: {
    code: '131026',
    reason:
      'WhatsApp no pudo entregarlo: el número no usa WhatsApp, tiene una versión antigua o no ha aceptado sus condiciones. Busca a la persona por otro medio.',
  },
  messenger: { code: '551/1545041', reason: gone },
  instagram: { code: '551/1545041', reason: gone },
};

const plug =
  (name: Name, reports: Report['status'][]) =>
  async ({ server }: ContactCentre): Promise<Subject<ProviderInput>> => {
    const { channels } = server.context;
    const plugged = channels.get(name) as Channel<ProviderInput>;
    // What this account can carry, beside those of other providers.
    const channel = { ...plugged, capabilities: plugged.capabilitiesOf?.(name) ?? plugged.capabilities };
    /** Meta's ids of each message it took. */
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
    const isWhatsApp = name === 'whatsapp';
    return {
      channel,
      accountId: name,
      address: () =>
        isWhatsApp ? `+52229${randomInt(1_000_000, 9_999_999)}` : `24${randomInt(1e9, 9e9)}${randomInt(1e6)}`,
      input: (said) => ({
        accountId: name,
        body: isWhatsApp ? change({ messages: [whatsAppText(said)] }) : text(said),
      }),
      ...(isWhatsApp
        ? { batch: (all) => ({ accountId: name, body: change({ messages: all.map(whatsAppText) }) }) }
        : {}),
      undecodable: { accountId: name, body: { field: 'unheard_of', value: { sender: 1 } } },
      provider: {
        meet: (...mishaps) => void meta.trouble.push(...mishaps.map((mishap) => trouble[name][mishap])),
        refusal: refusals[name],
        got: (messageId) =>
          (taken.get(messageId) ?? []).flatMap((id) =>
            meta.sent.filter((sent) => sent.id === id).map(({ body }) => [wordsOf(body)]),
          ),
        reports,
        report: (report) => ({
          accountId: name,
          body: isWhatsApp ? change({ statuses: [status(report)] }) : seen(report),
        }),
      },
      close: () => void meta.stop(),
    };
  };

const change = (value: object) => ({
  field: 'messages',
  value: { messaging_product: 'whatsapp', metadata: { phone_number_id: META_IDS.whatsapp }, ...value },
});

/** Mexican numbers as WhatsApp writes them. */
const whatsAppText = ({ from, id, text: body }: Said) => ({
  from: from.replace('+52', '521'),
  id: `wamid.${id}`,
  timestamp: String(Math.floor(Date.now() / 1_000)),
  type: 'text',
  text: { body },
});

const status = ({ providerMessageId: id, status }: Report) => ({
  id,
  status,
  timestamp: '1795341600',
  ...(status === 'failed' ? { errors: [{ code: 131026, title: 'Message undeliverable' }] } : {}),
});

const text = ({ from, id, text }: Said) => ({
  sender: { id: from },
  recipient: { id: META_IDS.messenger },
  timestamp: Date.now(),
  message: { mid: `m_${id}`, text },
});

/** Messenger says which arrived, Instagram which was read. */
const seen = ({ providerMessageId: mid, status }: Report) => ({
  sender: { id: 'whoever' },
  timestamp: 1_795_341_600_000,
  ...(status === 'delivered' ? { delivery: { mids: [mid], watermark: 1_795_341_600_000 } } : { read: { mid } }),
});

/** What somebody reads of a request. */
function wordsOf(body: Record<string, unknown>): string {
  const { text, interactive, location, message } = body as {
    text?: { body: string };
    interactive?: { body: { text: string } };
    location?: { name?: string };
    message?: { text?: string };
  };
  return text?.body ?? interactive?.body.text ?? message?.text ?? location?.name ?? '';
}

const settings = async () => {
  meta = await startMetaServer();
  return meta.settings;
};
const claims = { delivery: 'push', batches: false, pieces: 'many' } as const;

describeChannel(
  'WhatsApp by Meta',
  { ...claims, batches: true },
  plug('whatsapp', ['sent', 'delivered', 'read', 'failed']),
  settings,
);
describeChannel('Messenger', claims, plug('messenger', ['delivered', 'read']), settings);
describeChannel('Instagram', claims, plug('instagram', ['read']), settings);
