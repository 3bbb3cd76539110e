import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import type { Receipt } from '../../server/contract/channel.ts';
import type { Attachment } from '../../server/contract/http.ts';
import type { MessagingHost } from '../../server/contract/messaging.ts';
import { api } from '../../server/contract/routes.ts';
import { createMessagingHost } from '../../server/messaging/messaging-host.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type FileProvider, startFileProvider } from '../support/file-provider.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { samples } from '../support/sample-files.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let provider: FileProvider;
let host: MessagingHost;
let ana: OperatorClient;
/** What the resident sent, and where Ana answers. */
let received: Receipt & { attachmentId: string };

const usher: Bot = {
  turn: async () => ({ replies: [], state: { version: 1, data: {} }, handOff: { summary: '', reason: 'asked' } }),
};

beforeAll(async () => {
  centre = await startContactCentre({ bot: usher, settings: { PRESENCE_LEASE_SECONDS: 600 } });
  provider = await startFileProvider(centre);
  host = createMessagingHost(centre.server.context, () => centre.url);
  ana = await centre.operator('ana');
  const attachmentId = randomUUID();
  const [receipt] = (await provider.channel.deliver([
    {
      type: 'message',
      externalId: 'wamid.photo',
      from: { address: '+522290000002' },
      parts: [{ type: 'media', attachmentId, name: '', mimeType: 'image/jpeg', size: 0, arriving: true }],
      toFetch: [{ attachmentId, source: provider.put('/photo', samples.jpeg) }],
    },
  ])) as [Receipt];
  received = { ...receipt, attachmentId };
  const ticketId = receipt.ticketId ?? '';
  await ana.ticketBecomes(ticketId, { state: 'waiting' });
  await ana.call(api.takeTicket, { params: { id: ticketId } });
});
afterAll(async () => {
  await provider?.stop();
  await centre?.stop();
});

async function uploads(name: string, bytes: Uint8Array): Promise<Attachment> {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)]), name);
  const answer = await fetch(`${centre.url}/api/v1/files`, { method: 'POST', headers: { cookie: ana.cookie }, body });
  return answer.json() as Promise<Attachment>;
}

/** A file that Ana has sent to the resident. */
async function sent(name: string, bytes: Uint8Array): Promise<Attachment> {
  const file = await uploads(name, bytes);
  const body = { clientId: randomUUID(), attachmentIds: [file.id] };
  await ana.call(api.sendMessage, { params: { id: received.ticketId ?? '' }, body });
  return file;
}

test('the provider fetches what the city sends, by a link that needs no signing in', async () => {
  const plan = await sent('Croquis de la obra.pdf', samples.pdf);
  const url = host.publicFileUrl(plan.id);
  expect(url.startsWith(`${centre.url}/media/v1.`)).toBe(true);
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-length')).toBe(String(samples.pdf.length));
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename*=UTF-8''${encodeURIComponent('Croquis de la obra.pdf')}`,
  );
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(samples.pdf);
  expect(Buffer.from(await host.readFile(plan.id))).toEqual(samples.pdf);
});

test('a link that was changed leads nowhere', async () => {
  const [one, other] = [await sent('a.png', samples.png), await sent('b.png', samples.png)];
  const url = host.publicFileUrl(one.id);
  const [version, id = '', until = '', signature = ''] = url.slice(url.lastIndexOf('/') + 1).split('.');
  const later = (Number.parseInt(until, 36) + 1).toString(36);
  const changed = [
    [version, other.id, until, signature],
    [version, id, later, signature],
    [version, id, until, `${signature.slice(0, -1)}${signature.endsWith('A') ? 'E' : 'A'}`],
    [version, id, until],
    [version, '../../etc/passwd', until, signature],
  ];
  for (const parts of changed) {
    expect((await fetch(`${centre.url}/media/${encodeURIComponent(parts.join('.'))}`)).status).toBe(404);
  }
  expect((await fetch(url)).status).toBe(200);
});

test('what came in, and what was never sent, goes to nobody', async () => {
  await until(
    async () =>
      (await fetch(`${centre.url}/api/v1/files/${received.attachmentId}`, { headers: { cookie: ana.cookie } })).ok,
  );
  const draft = await uploads('borrador.png', samples.png);
  for (const id of [received.attachmentId, draft.id, randomUUID()]) {
    expect((await fetch(host.publicFileUrl(id))).status).toBe(404);
  }
});

test('one address asks so often, and no more', async () => {
  const url = host.publicFileUrl(randomUUID());
  const statuses = new Set<number>();
  await until(async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(url)));
    for (const { status } of answers) statuses.add(status);
    return statuses.has(429);
  });
  expect([...statuses].sort()).toEqual([404, 429]);
});

test('the link ends after an hour', async () => {
  const photo = await sent('obra.jpg', samples.jpeg);
  const url = new URL(host.publicFileUrl(photo.id));
  centre.clock.advance(3_599);
  const { fileTokens } = centre.server.context;
  const token = url.pathname.slice('/media/'.length);
  expect(fileTokens.read(token)).toBe(photo.id);
  centre.clock.advance(2);
  expect(() => fileTokens.read(token)).toThrow('link_expired');
});
