import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { META_SECRET, META_VERIFY, type MetaServer, startMetaServer } from '../support/meta-server.ts';
import { metaSignature, whatsappWebhook } from '../support/meta-webhook.ts';

let meta: MetaServer;
let centre: ContactCentre;
let outside: pg.Client;

const silentBot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

beforeAll(async () => {
  meta = await startMetaServer();
  centre = await startContactCentre({ settings: meta.settings, bot: silentBot });
  outside = new pg.Client({ connectionString: centre.databaseUrl });
  await outside.connect();
});
afterAll(async () => {
  await outside?.end();
  await centre?.stop();
  await meta?.stop();
});

const rows = async (statement: string, values: unknown[] = []) => (await outside.query(statement, values)).rows;
const stored = (id: string) => rows('select * from message where external_id = $1', [id]);
const counts = async () =>
  (await rows('select (select count(*) from message) + (select count(*) from raw_input) as n'))[0]?.n;

/** Brings a webhook as Meta does. */
function bring(
  webhook: object,
  { signature, path = '/webhooks/whatsapp' }: { signature?: string; path?: string } = {},
) {
  const body = JSON.stringify(webhook);
  return fetch(`${centre.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': signature ?? metaSignature(body, META_SECRET),
    },
    body,
  });
}

const one = (id: string, body = 'Hay un bache', from = '5212291234567') => whatsappWebhook([{ id, from, body }]);

describe('a webhook of WhatsApp', () => {
  test('is answered when its message is on disk', async () => {
    const response = await bring(one('wamid.first'));
    expect(response.status).toBe(200);
    expect(await stored('wamid.first')).toMatchObject([{ direction: 'in', seq: 1 }]);
  });

  test('is refused with a wrong signature, or a body changed after signing, and nothing of it is stored', async () => {
    const before = await counts();
    const signature = metaSignature(JSON.stringify(one('wamid.signed')), META_SECRET);
    expect((await bring(one('wamid.changed'), { signature })).status).toBe(403);
    expect((await bring(one('wamid.guessed'), { signature: `sha256=${'0'.repeat(64)}` })).status).toBe(403);
    expect((await bring(one('wamid.none'), { signature: '' })).status).toBe(403);
    expect(await counts()).toBe(before);
  });

  test('is one message, though it comes fifty times at once', async () => {
    const responses = await Promise.all(Array.from({ length: 50 }, () => bring(one('wamid.fifty'))));
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 200));
    expect(await stored('wamid.fifty')).toHaveLength(1);
  });

  test('with a thousand entries is stored whole, in the order of each sender', async () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => ({
      id: `wamid.thousand.${index}`,
      from: `521229${2_000_000 + (index % 100)}`,
      body: `línea ${index}`,
    }));
    expect((await bring(whatsappWebhook(messages))).status).toBe(200);
    const found = await rows(
      "select external_id, conversation_id from message where external_id like 'wamid.thousand.%' order by conversation_id, seq",
    );
    expect(found).toHaveLength(1_000);
    const order = Map.groupBy(found, (row) => row.conversation_id);
    expect(order.size).toBe(100);
    for (const said of order.values()) {
      const numbers = said.map((row) => Number(row.external_id.split('.').at(-1)));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  test('for an account that the city does not have is kept as it is', async () => {
    const stranger = whatsappWebhook([{ id: 'wamid.stranger', from: '5212291234567', body: 'Hola' }], '999');
    expect((await bring(stranger)).status).toBe(200);
    expect(await stored('wamid.stranger')).toEqual([]);
    expect(await rows("select body from raw_input where body like '%wamid.stranger%'")).toHaveLength(1);
  });

  test('of a type that nobody knows yet is shown as such, and kept for a version that can read it', async () => {
    const webhook = await specimen('whatsapp-type-of-the-future');
    expect((await bring(webhook)).status).toBe(200);
    const [message] = await stored('wamid.FUTURE');
    expect(message?.parts).toMatchObject([{ type: 'unsupported', kind: 'hologram' }]);
    const [kept] = await rows('select body from raw_input where id = $1', [message?.parts[0].rawId]);
    expect(JSON.parse(kept?.body)).toMatchObject({ accountId: 'whatsapp', body: { field: 'messages' } });
  });

  test('with a status of a message that we never sent changes nothing', async () => {
    const before = await rows('select id, status from message order by id');
    expect((await bring(await specimen('whatsapp-statuses'))).status).toBe(200);
    expect(await rows('select id, status from message order by id')).toEqual(before);
  });

  test('is a person with or without a number: 521, 52 and the id for this business are one', async () => {
    await bring(await specimen('whatsapp-text'));
    const change = JSON.parse(
      JSON.stringify(await specimen('whatsapp-username'))
        .replaceAll('MX.99', 'MX.1349120865530274')
        .replace('wamid.USERNAME', 'wamid.HIDDEN'),
    );
    await bring(change);
    const [before, after] = [await stored('wamid.TEXT'), await stored('wamid.HIDDEN')];
    expect(after[0]?.conversation_id).toBe(before[0]?.conversation_id);
    expect(await stored('wamid.first')).toMatchObject([{ conversation_id: before[0]?.conversation_id }]);
  });

  test('of somebody with a new number goes on in their conversation, and opens no window', async () => {
    await bring(one('wamid.before', 'Hola', '5212293334444'));
    const [{ conversation_id: id }] = (await stored('wamid.before')) as [{ conversation_id: string }];
    const heard = async () => (await rows('select last_inbound_at from conversation where id = $1', [id]))[0];
    const before = await heard();
    const move = JSON.stringify(await specimen('whatsapp-changed-number'))
      .replaceAll('5212291234567', '5212293334444')
      .replaceAll('5212299999999', '5212295556666');
    centre.clock.advance(3_600);
    expect((await bring(JSON.parse(move))).status).toBe(200);
    expect(await heard()).toEqual(before);
    await bring(one('wamid.after', 'Ya tengo otro número', '5212295556666'));
    expect(await stored('wamid.after')).toMatchObject([{ conversation_id: id }]);
    expect(await rows('select reply_to from conversation where id = $1', [id])).toEqual([
      { reply_to: '5212295556666' },
    ]);
  });
});

test('everything of the corpus is answered, whether it is read or kept', async () => {
  const folder = path.join(import.meta.dirname, '../corpus/meta');
  for (const name of await readdir(folder)) {
    const webhook = await specimen(name.replace('.json', ''));
    const door = name.startsWith('whatsapp') ? '/webhooks/whatsapp' : '/webhooks/messenger';
    expect({ name, status: (await bring(webhook, { path: door })).status }).toEqual({ name, status: 200 });
  }
});

test("Meta's handshake is answered with its challenge as plain text, and only with the city's token", async () => {
  const ask = (token: string) =>
    fetch(`${centre.url}/webhooks/messenger?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`);
  const answer = await ask(META_VERIFY);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    expect.stringContaining('text/plain'),
    '1158201444',
  ]);
  expect((await ask('guessed')).status).toBe(403);
});

async function specimen(name: string): Promise<object> {
  const file = path.join(import.meta.dirname, `../corpus/meta/${name}.json`);
  return JSON.parse(await readFile(file, 'utf8')).webhook;
}
