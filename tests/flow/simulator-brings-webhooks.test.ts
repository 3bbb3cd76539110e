import { createHmac } from 'node:crypto';
import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MetaSettings, TwilioSettings } from '../../server/contract/messaging.ts';
import { accounts, type SimulatedProvider, startSimulatedProvider } from '../support/simulated-provider.ts';
import type { Webhook } from '../support/webhook-inbox.ts';

let stage: SimulatedProvider;

beforeEach(async () => {
  stage = await startSimulatedProvider();
});
afterEach(() => stage.close());

const phone = (account = 'whatsapp', person = 'ana') => stage.simulator.phone(person, account);
const values = (webhook: Webhook) =>
  JSON.parse(webhook.body).entry.flatMap((entry: { changes: { value: Record<string, never[]> }[] }) =>
    entry.changes.map(({ value }) => value),
  );
const texts = () =>
  stage.city.received.flatMap((webhook) =>
    values(webhook).flatMap(
      (value: { messages?: { text: { body: string } }[] }) => value.messages?.map(({ text }) => text.body) ?? [],
    ),
  );

test("Twilio's signature is the one that its own SDK expects", async () => {
  const { authToken } = stage.simulator.settingsFor(accounts.sms) as TwilioSettings;
  phone('sms').text('Ñandú, ¿cuánto debo? 🙂 a&b=c');
  await stage.simulator.quiet();
  const [webhook] = stage.city.received;
  expect(webhook?.fields).toMatchObject({
    Body: 'Ñandú, ¿cuánto debo? 🙂 a&b=c',
    From: '+522291234567',
    NumMedia: '0',
  });
  const url = `${stage.city.url}/webhooks/twilio/messages`;
  const signature = String(webhook?.headers['x-twilio-signature']);
  expect(twilio.validateRequest(authToken, signature, url, webhook?.fields ?? {})).toBe(true);
  expect(twilio.validateRequest(authToken, signature, url, { ...webhook?.fields, Body: 'otra cosa' })).toBe(false);
});

test("Meta's signature is that of the body as it comes", async () => {
  const { appSecret } = stage.simulator.settingsFor(accounts.whatsapp) as MetaSettings;
  phone().text('Hola, señor');
  await stage.simulator.quiet();
  const [webhook] = stage.city.received;
  const expected = createHmac('sha256', appSecret)
    .update(webhook?.body ?? '')
    .digest('hex');
  expect(webhook?.headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
});

test('a Mexican mobile writes under 521 and its id; somebody with a username under the id alone', async () => {
  phone().text('Hola');
  phone('whatsapp', 'lupita').text('Buenas');
  await stage.simulator.quiet();
  const [ana, lupita] = stage.city.received
    .flatMap(values)
    .sort((a: { messages: object[] }) => ('from' in (a.messages[0] ?? {}) ? -1 : 1));
  expect(ana.contacts[0]).toMatchObject({ wa_id: '5212291234567', user_id: expect.stringMatching(/^MX\./) });
  expect(ana.messages[0].from).toBe('5212291234567');
  expect(lupita.contacts[0].wa_id).toBeUndefined();
  expect(lupita.messages[0]).not.toHaveProperty('from');
  expect(lupita.messages[0].from_user_id).toMatch(/^MX\./);
});

test('Meta tries again after a refusal, at growing distances, until it is taken', async () => {
  stage.city.answers.push(500, null, 503);
  const message = phone().text('Hola');
  await stage.simulator.quiet();
  expect([texts().length, message.status, stage.timers.waiting()[0]]).toEqual([1, 'sent', 1]);
  await stage.pass(1);
  expect([texts().length, stage.timers.waiting()[0]]).toEqual([2, 5]);
  await stage.pass(5);
  expect([texts().length, stage.timers.waiting()[0]]).toEqual([3, 30]);
  await stage.pass(30);
  expect([texts().length, message.status, stage.timers.waiting()]).toEqual([4, 'delivered', []]);
});

test('Twilio tries once more when nobody answers, then at the fallback address, then gives up', async () => {
  stage.city.answers.push(null, null, null, null);
  const message = phone('sms').text('Hola');
  await stage.simulator.quiet();
  await stage.pass(1);
  await stage.pass(1);
  expect(stage.city.received.map(({ fields }) => fields.ErrorCode)).toEqual([undefined, undefined, '11200', '11200']);
  expect([message.status, stage.timers.waiting()]).toEqual(['failed', []]);
  const tokens = new Set(stage.city.received.map(({ fields }) => fields.MessageSid));
  expect(tokens.size).toBe(1);
});

test('a burst comes in order; on demand late, twice, in one webhook, or in any order', async () => {
  const said = ['uno', 'dos', 'tres', 'cuatro'];
  phone().burst(said);
  await stage.simulator.quiet();
  expect(texts()).toEqual(said);

  stage.city.received.length = 0;
  stage.simulator.trouble({ delaySeconds: 60, double: true });
  phone().text('tarde');
  await stage.pass(59);
  expect(texts()).toEqual([]);
  await stage.pass(1);
  expect(texts()).toEqual(['tarde', 'tarde']);

  stage.city.received.length = 0;
  stage.simulator.trouble({ delaySeconds: 0, double: false, batch: true });
  phone().burst(said);
  await stage.pass(2);
  expect([stage.city.received.length, texts()]).toEqual([1, said]);

  stage.city.received.length = 0;
  const numbers = [0.9, 0.1, 0.7, 0.3];
  stage.simulator.world.random = () => numbers.shift() ?? 0;
  stage.simulator.trouble({ batch: false, disorder: true });
  phone().burst(said);
  await stage.pass(2);
  expect(texts()).toEqual(['dos', 'cuatro', 'tres', 'uno']);
});

test('statuses go step by step, wait for a telephone that is off, and end with «read»', async () => {
  const { objectId, graphUrl, accessToken } = stage.simulator.settingsFor(accounts.whatsapp) as MetaSettings;
  const resident = phone();
  resident.text('Hola');
  resident.turnOff();
  await stage.simulator.quiet();
  stage.city.received.length = 0;
  await fetch(`${graphUrl}/${objectId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: '522291234567', type: 'text', text: { body: 'Hola' } }),
  });
  const statuses = () =>
    stage.city.received.flatMap(values).map((value: { statuses: { status: string }[] }) => value.statuses[0]?.status);
  await stage.pass(60);
  expect(statuses()).toEqual(['sent']);
  resident.turnOn();
  resident.read();
  await stage.simulator.quiet();
  expect(statuses()).toEqual(['sent', 'delivered', 'read']);
});

test('what was edited, deleted and liked is told as Meta tells it; Twilio tells nobody', async () => {
  const resident = phone();
  const { id } = resident.text('Ola');
  resident.edit(id, 'Hola');
  resident.react(id, '👍');
  resident.remove(id);
  await stage.simulator.quiet();
  const messages = stage.city.received.flatMap(values).map((value: { messages: object[] }) => value.messages[0]);
  expect(messages).toMatchObject([
    { type: 'text' },
    { type: 'edit', edit: { original_message_id: id, message: { text: { body: 'Hola' } } } },
    { type: 'reaction', reaction: { message_id: id, emoji: '👍' } },
    { type: 'revoke', revoke: { original_message_id: id } },
  ]);
  const other = phone('whatsapp-civil');
  expect(() => other.react(other.text('Hola').id, '👍')).toThrow();
});

test('a file of WhatsApp by Twilio is fetched with the name and token of the account, over a redirect', async () => {
  const { accountSid, authToken } = stage.simulator.settingsFor(accounts.civil) as TwilioSettings;
  phone('whatsapp-civil').media(
    'image',
    { bytes: Buffer.from('foto'), mimeType: 'image/jpeg' },
    { caption: 'El bache' },
  );
  phone('whatsapp-civil').contact({ name: 'Luis Pérez', phones: ['+522291112233'] });
  await stage.simulator.quiet();
  const [photo, card] = stage.city.received.map(({ fields }) => fields);
  expect(photo).toMatchObject({
    Body: 'El bache',
    NumMedia: '1',
    MediaContentType0: 'image/jpeg',
    MessageType: 'image',
  });
  expect(card).toMatchObject({ NumMedia: '1', MediaContentType0: 'text/vcard' });
  const headers = { authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}` };
  expect((await fetch(String(photo?.MediaUrl0))).status).toBe(401);
  expect(await (await fetch(String(photo?.MediaUrl0), { headers })).text()).toBe('foto');
  expect(await (await fetch(String(card?.MediaUrl0), { headers })).text()).toContain('FN:Luis Pérez');
});
