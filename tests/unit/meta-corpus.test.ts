import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMessengerChannel } from '../../channels/messenger/messenger-channel.ts';
import { createMessengerDoor } from '../../channels/meta/messenger-door.ts';
import { createWhatsappDoor } from '../../channels/meta/whatsapp-door.ts';
import { createWhatsAppChannel } from '../../channels/whatsapp/whatsapp-channel.ts';
import { type Channel, type InboundEvent, inboundEventSchema } from '../../server/contract/channel.ts';
import type { MessagingAccount, MessagingHost, ProviderInput } from '../../server/contract/messaging.ts';
import { metaAccount, metaRequest, settingsOf } from '../support/meta-webhook.ts';

interface Specimen {
  about: string;
  webhook: unknown;
  /** `kept`: nothing here can read it. */
  events: InboundEvent[] | 'kept';
}

const folder = path.join(import.meta.dirname, '../corpus/meta');
const specimens = await Promise.all(
  (await readdir(folder)).sort().map(async (name) => ({
    name: name.replace('.json', ''),
    ...(JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Specimen),
  })),
);

const host: MessagingHost = {
  readFile: async () => new Uint8Array(),
  publicFileUrl: (id) => `https://example.org/files/${id}`,
  statusUrl: (url) => url,
  template: () => undefined,
  sentBefore: async () => ['m_BEFORE1', 'm_BEFORE2'],
};

/** Every person is called Ana. */
let graph: Server;
let channels: Record<'whatsapp' | 'messenger' | 'instagram', Channel<ProviderInput>>;
let accounts: Map<string, MessagingAccount>;

beforeAll(async () => {
  graph = createServer((_, response) => response.end('{"name":"Ana Pérez","id":"1"}')).listen(0, '127.0.0.1');
  await once(graph, 'listening');
  const graphUrl = `http://127.0.0.1:${(graph.address() as AddressInfo).port}/v23.0`;
  const all = (['whatsapp', 'messenger', 'instagram'] as const).map((name) => metaAccount(name, { graphUrl }));
  accounts = new Map(all.map((account) => [account.id, account]));
  channels = {
    whatsapp: createWhatsAppChannel(host, accounts),
    messenger: createMessengerChannel('messenger', host, accounts),
    instagram: createMessengerChannel('instagram', host, accounts),
  };
});
afterAll(() => void graph.close());

/** Takes a webhook through its door, and decodes all that it holds. */
async function decoded(name: string, webhook: unknown): Promise<InboundEvent[]> {
  const account = accounts.get(name.split('-')[0] ?? '') as MessagingAccount;
  const door = account.channel === 'whatsapp' ? createWhatsappDoor(accounts) : createMessengerDoor(accounts);
  const taken = door.open(metaRequest(webhook, settingsOf(account).appSecret));
  const events: InboundEvent[] = [];
  for (const { channel, input } of taken) {
    expect(channel).toBe(account.channel);
    events.push(...(await channels[account.channel as keyof typeof channels].decode(input)));
  }
  return events;
}

describe('what Meta sends', () => {
  test.for(specimens)('$name: $about', async ({ name, webhook, events }) => {
    if (events === 'kept') return expect(decoded(name, webhook)).rejects.toThrow();
    const found = inboundEventSchema.array().parse(await decoded(name, webhook));
    expect(comparable(found)).toEqual(events);
  });

  test('what could not be read can be decoded again from what was kept', async () => {
    const specimen = specimens.find(({ name }) => name === 'whatsapp-order');
    const [event] = await decoded('whatsapp-order', specimen?.webhook);
    const raw = event?.type === 'message' ? event.raw : undefined;
    expect(await channels.whatsapp.decode(JSON.parse(raw ?? ''))).toEqual([event]);
  });
});

/** Files by their order, and that something was kept raw rather than what. */
function comparable(events: InboundEvent[]): unknown {
  const ids = new Map<string, string>();
  return JSON.parse(JSON.stringify(events), (key, value) => {
    if (key === 'raw') return true;
    if (key !== 'attachmentId') return value;
    if (!ids.has(value)) ids.set(value, `attachment-${ids.size + 1}`);
    return ids.get(value);
  });
}
