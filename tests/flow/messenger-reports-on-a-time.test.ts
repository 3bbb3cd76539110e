import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MessageStatus } from '../../server/contract/message.ts';
import { lockContact } from '../../server/conversations/lock-contact.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { META_SECRET, type MetaServer, startMetaServer } from '../support/meta-server.ts';
import { META_IDS, metaSignature } from '../support/meta-webhook.ts';
import { until } from '../support/until.ts';

const ANA = '24512345678901234';
const silentBot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

let meta: MetaServer;
let centre: ContactCentre;
let outside: pg.Client;

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

/** Something happens on Ana's Messenger. */
async function happens(event: object, object: 'page' | 'instagram' = 'page'): Promise<void> {
  const id = object === 'page' ? META_IDS.messenger : META_IDS.instagram;
  const timestamp = centre.clock.now().getTime();
  const messaging = [{ sender: { id: ANA }, recipient: { id }, timestamp, ...event }];
  const body = JSON.stringify({ object, entry: [{ id, time: timestamp, messaging }] });
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': metaSignature(body, META_SECRET) };
  const response = await fetch(`${centre.url}/webhooks/messenger`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
}

/** The city says something to Ana; resolves when it has left, with when it was said. */
async function say(account: string, text: string): Promise<{ id: string; at: number }> {
  const { context } = centre.server;
  const { rows } = await outside.query(
    `select t.id from ticket t join conversation c on c.id = t.conversation_id
     where t.state <> 'closed' and c.channel_account_id = $1 and c.address = '${ANA}'`,
    [account],
  );
  const author = { type: 'system', id: null, name: null } as const;
  const [message] = await context.unitOfWork(async (unit) => {
    const contact = await lockContact(unit, rows[0]?.id);
    const utterance = { author, parts: [{ type: 'text' as const, text }], externalId: randomUUID() };
    return context.say(unit, contact.conversation, contact.ticket, [utterance]);
  });
  const id = message?.id ?? '';
  await until(async () => (await statusOf(id)) === 'sent', { what: `«${text}» to leave` });
  return { id, at: new Date(message?.createdAt ?? '').getTime() };
}

const statusOf = async (id: string): Promise<MessageStatus> =>
  (await outside.query('select status from message where id = $1', [id])).rows[0]?.status;

test('what was sent until a time has arrived, or was read; what was sent later has not', async () => {
  await happens({ message: { mid: 'm_1', text: 'Hola' } });
  const first = await say('messenger', 'Buenos días');
  centre.clock.advance(10);
  const second = await say('messenger', 'Ya va en camino');

  await happens({ delivery: { watermark: second.at + 1 } });
  expect(await Promise.all([first, second].map(({ id }) => statusOf(id)))).toEqual(['delivered', 'delivered']);
  await happens({ read: { watermark: first.at + 1 } });
  expect(await Promise.all([first, second].map(({ id }) => statusOf(id)))).toEqual(['read', 'delivered']);
  await happens({ read: { watermark: second.at + 1 } });
  expect(await statusOf(second.id)).toBe('read');
});

test('who has read one message on Instagram has read those before it', async () => {
  await happens({ message: { mid: 'aWdf_1', text: 'Hola' } }, 'instagram');
  const first = await say('instagram', 'Buenos días');
  const second = await say('instagram', 'Ya va en camino');
  centre.clock.advance(10);
  await happens({ read: { mid: meta.sent.at(-1)?.id } }, 'instagram');
  expect(await Promise.all([first, second].map(({ id }) => statusOf(id)))).toEqual(['read', 'read']);
});

test('what somebody else has read says nothing of it', async () => {
  const third = await say('messenger', '¿Algo más?');
  await happens({ sender: { id: '999' }, read: { watermark: third.at + 60_000 } });
  expect(await statusOf(third.id)).toBe('sent');
});
