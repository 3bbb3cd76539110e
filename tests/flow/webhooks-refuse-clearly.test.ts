import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import {
  bringByTwilio,
  startTwilioServer,
  TWILIO_SID,
  type TwilioServer,
  twilioMessage,
} from '../support/twilio-server.ts';

const META = {
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_ACCESS_TOKEN: 'EAA-an-access-token',
  WHATSAPP_APP_SECRET: 'an-app-secret-of-meta',
  WHATSAPP_VERIFY_TOKEN: 'a-verify-token',
};
const PATH = '/webhooks/twilio/messages';
const OURS = 'whatsapp:+522291000200';
const RESIDENT = 'whatsapp:+5212291234567';

let twilio: TwilioServer;
let centre: ContactCentre;
beforeAll(async () => {
  twilio = await startTwilioServer();
  centre = await startContactCentre({ settings: { ...twilio.settings, ...META } });
});
afterAll(async () => {
  await centre?.stop();
  await twilio?.stop();
});

const freshSid = () => `SM${randomBytes(16).toString('hex')}`;
const said = (form: Record<string, string> = {}) =>
  twilioMessage({ From: RESIDENT, To: OURS, MessageSid: freshSid(), Body: 'Hay un bache', ...form });
/** Signed for the address by which providers know this server, which is not the one it is reached at. */
const bring = (form: Record<string, string>, differs: Parameters<typeof bringByTwilio>[3] = {}, path = PATH) =>
  bringByTwilio(centre.url, path, form, { signedFor: centre.server.url, ...differs });

/** What residents said, and what was kept raw; what the bot answers meanwhile does not count. */
async function stored(): Promise<{ messages: number; raw: number }> {
  const { db } = centre.server.context.database;
  const messages = await db.selectFrom('message').select('id').where('direction', '=', 'in').execute();
  const raw = await db.selectFrom('raw_input').select('id').execute();
  return { messages: messages.length, raw: raw.length };
}

describe('what nobody of ours has signed is refused, and nothing of it is stored', () => {
  let before: Awaited<ReturnType<typeof stored>>;
  beforeEach(async () => {
    before = await stored();
  });

  async function expectRefused(answer: Response): Promise<void> {
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ error: { code: 'forbidden' } });
    expect(await stored()).toEqual(before);
  }

  test('without a signature', async () => expectRefused(await bring(said(), { signature: null })));
  test('with a signature that is none', async () => expectRefused(await bring(said(), { signature: 'no' })));
  test('with the key of somebody else', async () => expectRefused(await bring(said(), { token: 'f'.repeat(32) })));
  test('for another address', async () =>
    expectRefused(await bring(said(), { signedFor: 'https://linea.example.org' })));
  test('for another path', async () => {
    const form = said();
    await expectRefused(await bring(form, { signedFor: `${centre.server.url}/webhooks/twilio/status?was=` }));
  });
  test('with a body that was changed after signing', async () => {
    const form = said();
    const body = new URLSearchParams({ ...form, Body: 'Hay dos baches' }).toString();
    await expectRefused(await bring(form, { body }));
  });
  test('of an account with Twilio that the city does not have', async () =>
    expectRefused(await bring(said({ AccountSid: `AC${'9'.repeat(32)}` }))));
  test('a report on a message', async () => {
    const form = { AccountSid: TWILIO_SID, From: OURS, To: RESIDENT, MessageSid: freshSid(), MessageStatus: 'read' };
    await expectRefused(await bring(form, { token: 'f'.repeat(32) }, '/webhooks/twilio/status'));
  });
  test('what is no form at all', async () => expectRefused(await bring(said(), { body: '{"not": "a form"}' })));
  test('a batch of Meta', async () => {
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
    for (const signature of [undefined, 'sha256=', `sha256=${'0'.repeat(64)}`]) {
      const headers = { 'content-type': 'application/json', ...(signature && { 'x-hub-signature-256': signature }) };
      await expectRefused(await fetch(`${centre.url}/webhooks/whatsapp`, { method: 'POST', headers, body }));
    }
  });
});

test('a body beyond any measure is not read', async () => {
  const answer = await bring(said({ Body: 'a'.repeat(100_000) }));
  expect(answer.status).toBe(413);
});

test('Twilio is answered with what it understands', async () => {
  const answer = await bring(said());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/xml');
  expect(await answer.text()).toBe('<Response></Response>');
});

test('what is for an account that the city does not have is kept as it came', async () => {
  const before = await stored();
  const form = said({ To: 'whatsapp:+522299999999' });
  expect((await bring(form)).status).toBe(200);
  expect(await stored()).toEqual({ messages: before.messages, raw: before.raw + 1 });
  const kept = await centre.server.context.database.db
    .selectFrom('raw_input')
    .selectAll()
    .where('channel_account_id', '=', 'whatsapp:+522299999999')
    .executeTakeFirstOrThrow();
  expect(kept.error).toBe('unknown account');
  expect(JSON.parse(kept.body)).toEqual({ accountId: 'whatsapp:+522299999999', body: form });
});

test('a kind of message that this version does not know is shown as such, and kept', async () => {
  const before = await stored();
  const form = said({ MessageType: 'poll', Body: '' });
  expect((await bring(form)).status).toBe(200);
  expect(await stored()).toEqual({ messages: before.messages + 1, raw: before.raw + 1 });
  const message = await centre.server.context.database.db
    .selectFrom('message')
    .select('parts')
    .where('external_id', '=', form.MessageSid ?? '')
    .executeTakeFirstOrThrow();
  expect(message.parts).toMatchObject([{ type: 'unsupported', kind: 'poll', rawId: expect.any(String) }]);
});

test('a report on a message that we never sent changes nothing', async () => {
  const before = await stored();
  const form = { AccountSid: TWILIO_SID, From: OURS, To: RESIDENT, MessageSid: freshSid(), MessageStatus: 'delivered' };
  expect((await bring(form, {}, '/webhooks/twilio/status')).status).toBe(200);
  expect(await stored()).toEqual(before);
});

test('the same webhook fifty times at once is one message, and each is answered', async () => {
  const before = await stored();
  const form = said();
  const answers = await Promise.all(Array.from({ length: 50 }, () => bring(form)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(await stored()).toEqual({ ...before, messages: before.messages + 1 });
});

test('a thousand messages of a thousand people come in one webhook, and all are stored before the answer', async () => {
  const before = await stored();
  const answer = await bringByMeta(
    Array.from({ length: 1_000 }, (_, index) => ({
      id: `wamid.${randomBytes(12).toString('base64')}`,
      from: `521229${String(2_000_000 + index)}`,
      timestamp: String(Math.floor(centre.clock.now().getTime() / 1_000)),
      type: 'text',
      text: { body: `Mensaje ${index}` },
    })),
  );
  expect(answer.status).toBe(200);
  expect(await stored()).toEqual({ ...before, messages: before.messages + 1_000 });
});

test('what cannot be stored is asked for again, and then is there once', async () => {
  const before = await stored();
  const form = said();
  const { ingest } = centre.server.context;
  const receive = ingest.receive;
  ingest.receive = () => Promise.reject(new Error('the database is away'));
  const failed = await bring(form);
  ingest.receive = receive;
  expect(failed.status).toBe(500);
  expect(await failed.text()).not.toContain('database');

  expect((await bring(form)).status).toBe(200);
  expect((await bring(form)).status).toBe(200);
  expect(await stored()).toEqual({ ...before, messages: before.messages + 1 });
});

/** Whole values of one change, as Meta batches them. */
function bringByMeta(messages: object[]): Promise<Response> {
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '5212291000100', phone_number_id: META.WHATSAPP_PHONE_NUMBER_ID },
    contacts: [],
    messages,
  };
  const entry = [{ id: '102290129340398', changes: [{ field: 'messages', value }] }];
  const body = JSON.stringify({ object: 'whatsapp_business_account', entry });
  const signature = createHmac('sha256', META.WHATSAPP_APP_SECRET).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
  return fetch(`${centre.url}/webhooks/whatsapp`, { method: 'POST', headers, body });
}
