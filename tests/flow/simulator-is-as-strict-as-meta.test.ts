import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MetaSettings } from '../../server/contract/messaging.ts';
import { accounts, type SimulatedProvider, startSimulatedProvider, template } from '../support/simulated-provider.ts';

let stage: SimulatedProvider;

beforeAll(async () => {
  stage = await startSimulatedProvider();
});
afterAll(() => stage.close());

const settingsOf = (name: keyof typeof accounts) => stage.simulator.settingsFor(accounts[name]) as MetaSettings;

/** What of an answer the stories look at. */
interface Answer {
  error?: { code: number; error_subcode?: number };
  contacts?: object[];
  messages?: { id: string }[];
  data?: object[];
  id?: string;
  name?: string;
  url?: string;
}

async function graph(name: keyof typeof accounts, path: string, body?: unknown, token?: string) {
  const { graphUrl, accessToken } = settingsOf(name);
  const isForm = body instanceof FormData;
  const response = await fetch(`${graphUrl}/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${token ?? accessToken}`,
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const to = '5212291234567';
const whatsApp = (message: object) => ({ messaging_product: 'whatsapp', recipient_type: 'individual', to, ...message });
const send = (message: object) => graph('whatsapp', `${settingsOf('whatsapp').objectId}/messages`, message);
const text = (body: string) => whatsApp({ type: 'text', text: { body } });
const buttons = (...titles: string[]) =>
  whatsApp({
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: '¿Qué necesitas?' },
      action: { buttons: titles.map((title, index) => ({ type: 'reply', reply: { id: `b${index}`, title } })) },
    },
  });
const list = (rows: { id: string; title: string }[]) =>
  whatsApp({
    type: 'interactive',
    interactive: { type: 'list', body: { text: 'Elige' }, action: { button: 'Ver', sections: [{ rows }] } },
  });
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Fila ${index}` }));
const filled = (name: string, ...values: string[]) =>
  whatsApp({
    type: 'template',
    template: {
      name,
      language: { code: 'es_MX' },
      components: [{ type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) }],
    },
  });

test('takes what the Cloud API takes, for the old and the new form of a Mexican number', async () => {
  for (const number of ['5212291234567', '+52 229 123 4567', '522291234567']) {
    const { status, body } = await send({ ...text('Hola'), to: number });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      contacts: [{ input: number, wa_id: '5212291234567' }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
  }
});

test.each([
  ['no text', () => whatsApp({ type: 'text', text: {} }), 131008],
  ['nobody to send it to', () => ({ messaging_product: 'whatsapp', type: 'text', text: { body: 'x' } }), 131008],
  ['another product', () => ({ ...text('x'), messaging_product: 'sms' }), 100],
  ['a text that is too long', () => text('a'.repeat(4_097)), 100],
  ['a key that is not in the reference', () => ({ ...text('x'), texto: 'x' }), 100],
  ['a type that is not', () => whatsApp({ type: 'poll', poll: {} }), 131051],
  ['a recipient that is no number', () => ({ ...text('x'), to: 'Ana' }), 131009],
  ['four buttons', () => buttons('a', 'b', 'c', 'd'), 100],
  ['a long button', () => buttons('a'.repeat(21)), 100],
  ['two buttons alike', () => buttons('Sí', 'Sí'), 100],
  ['eleven rows', () => list(rows(11)), 100],
  ['a long row', () => list([{ id: 'r', title: 'a'.repeat(25) }]), 100],
  ['a file from two places', () => whatsApp({ type: 'image', image: { id: '1', link: 'https://a.mx/1' } }), 100],
  ['a template nobody approved', () => filled('otra', 'a', 'b'), 132001],
  ['a template with a variable too few', () => filled(template.name, 'VER-1'), 132000],
] as const)('refuses %s', async (_what, message, code) => {
  const { status, body } = await send(message());
  expect(body.error).toMatchObject({ code, fbtrace_id: expect.any(String), type: expect.any(String) });
  expect(status).toBe(code === 132001 ? 404 : 400);
});

test('takes three buttons, ten rows and a template with all its variables', async () => {
  for (const message of [
    buttons('Sí', 'No', 'Otra cosa'),
    list(rows(10)),
    filled(template.name, 'VER-1', 'resuelto'),
  ]) {
    expect((await send(message)).status).toBe(200);
  }
});

test('refuses a wrong token, and a number that the token does not open', async () => {
  const { objectId } = settingsOf('whatsapp');
  const wrong = await graph('whatsapp', `${objectId}/messages`, text('x'), 'wrong');
  expect([wrong.status, wrong.body.error?.code]).toEqual([401, 190]);
  const foreign = await graph('messenger', `${objectId}/messages`, text('x'));
  expect(foreign.body.error).toMatchObject({ code: 100, error_subcode: 33 });
});

test('takes a message outside the window, and reports that it failed', async () => {
  await stage.pass(1);
  stage.city.received.length = 0;
  const { body } = await send({ ...text('Hola, José'), to: '522299876543' });
  await stage.pass(1);
  const statuses = stage.city.received.map((webhook) => JSON.parse(webhook.body).entry[0].changes[0].value.statuses[0]);
  expect(statuses).toHaveLength(1);
  expect(statuses[0]).toMatchObject({ id: body.messages?.[0]?.id, status: 'failed', errors: [{ code: 131047 }] });
});

test('keeps an upload, whose link is good for five minutes and asks for the token', async () => {
  const { objectId, accessToken } = settingsOf('whatsapp');
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', 'image/png');
  form.set('file', new Blob(['png'], { type: 'image/png' }), 'foto.png');
  const { body: upload } = await graph('whatsapp', `${objectId}/media`, form);
  const { body: media } = await graph('whatsapp', String(upload.id));
  expect(media).toMatchObject({ mime_type: 'image/png', file_size: 3, messaging_product: 'whatsapp' });
  const fetchIt = (headers: Record<string, string>) => fetch(String(media.url), { headers });
  expect((await fetchIt({})).status).toBe(401);
  expect(await (await fetchIt({ authorization: `Bearer ${accessToken}` })).text()).toBe('png');
  await stage.pass(301);
  expect((await fetchIt({ authorization: `Bearer ${accessToken}` })).status).toBe(404);

  form.set('type', 'application/x-msdownload');
  expect((await graph('whatsapp', `${objectId}/media`, form)).body.error?.code).toBe(100);
});

test('is reached by people without a number, under the id that Meta gives them', async () => {
  const { person } = stage.simulator.phone('lupita', 'whatsapp');
  const { body } = await send({
    messaging_product: 'whatsapp',
    recipient: person.bsuid,
    type: 'text',
    text: { body: 'Hola' },
  });
  expect(body.contacts).toEqual([{ input: person.bsuid, user_id: person.bsuid }]);
});

test('Messenger and Instagram refuse at once, each within its own limits', async () => {
  for (const [name, longest] of [
    ['messenger', 2_000],
    ['instagram', 1_000],
  ] as const) {
    const phone = stage.simulator.phone('ana', name);
    const id = name === 'messenger' ? phone.person.psid : phone.person.igsid;
    const say = (message: object) =>
      graph(name, 'me/messages', { recipient: { id }, messaging_type: 'RESPONSE', message });
    const codes = async (message: object) => {
      const { error } = (await say(message)).body;
      return [error?.code, error?.error_subcode];
    };
    expect(await codes({ text: 'Hola' })).toEqual([10, 2018278]);
    phone.text('Hola');
    expect((await say({ text: 'Hola' })).body).toMatchObject({ recipient_id: id, message_id: expect.any(String) });
    expect(await codes({ text: 'a'.repeat(longest + 1) })).toEqual([100, undefined]);
    const replies = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        content_type: 'text',
        title: `Opción ${index}`,
        payload: `p${index}`,
      }));
    expect((await say({ text: 'Elige', quick_replies: replies(13) })).status).toBe(200);
    expect(await codes({ text: 'Elige', quick_replies: replies(14) })).toEqual([100, undefined]);
    const nobody = await graph(name, 'me/messages', { recipient: { id: '1' }, message: { text: 'x' } });
    expect(nobody.body.error).toMatchObject({ code: 100, error_subcode: 2018001 });
    expect((await graph(name, `${id}?fields=name`)).body.name).toBe('Ana Ruiz');
    phone.block();
    expect(await codes({ text: 'Hola' })).toEqual([551, 1545041]);
  }
});

test('tells of its objects what a check of the set-up asks', async () => {
  const { objectId, businessAccountId, accessToken } = settingsOf('whatsapp');
  expect((await graph('whatsapp', objectId)).body).toMatchObject({ display_phone_number: accounts.whatsapp.address });
  expect((await graph('whatsapp', `${businessAccountId}/message_templates`)).body.data).toMatchObject([
    { name: template.name, language: 'es_MX', status: 'APPROVED' },
  ]);
  expect((await graph('whatsapp', `debug_token?input_token=${accessToken}`)).body).toMatchObject({
    data: { is_valid: true },
  });
  expect((await graph('whatsapp', `${businessAccountId}/subscribed_apps`)).body.data).toHaveLength(1);
});
