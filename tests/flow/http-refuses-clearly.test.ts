import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../server/contract/errors.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type OperatorClient, openConsoleSocket } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let admin: OperatorClient;
let ana: OperatorClient;
let ticketId: string;
let conversationId: string;

beforeAll(async () => {
  centre = await startContactCentre();
  [admin, ana] = (await Promise.all(['fernando', 'ana'].map((name) => centre.operator(name)))) as [
    OperatorClient,
    OperatorClient,
  ];
  const lupe = await centre.resident();
  ({ conversationId, ticketId } = (await lupe.say('Hola')) as { conversationId: string; ticketId: string });
  await ana.call(api.takeTicket, { params: { id: ticketId } });
});

afterAll(() => centre?.stop());

async function raw(method: string, path: string, init: RequestInit = {}) {
  const answer = await fetch(`${centre.url}${path}`, {
    ...init,
    method,
    headers: { cookie: admin.cookie, 'accept-language': 'en', ...(init.headers as Record<string, string>) },
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text };
}

const json = (body: string, method = 'POST') => ({ method, body, headers: { 'content-type': 'application/json' } });

describe('is refused with a code and a sentence, in both languages', () => {
  const note = `/api/v1/tickets/:ticket/notes`;
  test.each([
    ['JSON that breaks off', note, json('{"text": "ho'), 400, 'invalid_input'],
    ['no body', note, json(''), 400, 'invalid_input'],
    ['deep JSON', note, json(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), 400, 'invalid_input'],
    ['a key that reaches for prototypes', note, json('{"__proto__": {"role": "administrator"}}'), 400, 'invalid_input'],
    ['another one', note, json('{"constructor": {"prototype": {"role": "administrator"}}}'), 400, 'invalid_input'],
    ['a body of half a megabyte', note, json(JSON.stringify({ text: 'x'.repeat(500_000) })), 413, 'message_too_long'],
    [
      'a form',
      note,
      { method: 'POST', body: 'text=hola', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'invalid_input',
    ],
    ['an id that is none', '/api/v1/tickets/1%20or%201=1', { method: 'GET' }, 400, 'invalid_input'],
    ['an address that cannot be read', '/api/v1/tickets/%zz', { method: 'GET' }, 400, 'invalid_input'],
    ['an address without end', `/api/v1/tickets/${'a'.repeat(4_000)}`, { method: 'GET' }, 400, 'invalid_input'],
    ['a place that is not there', '/api/v1/nowhere', { method: 'GET' }, 404, 'not_found'],
    ['a way out of the folder', '/console/assets/..%2f..%2f..%2fpackage.json', { method: 'GET' }, 400, 'invalid_input'],
    ['a page of negative length', '/api/v1/tickets?limit=-1', { method: 'GET' }, 400, 'invalid_input'],
    [
      'a forged cursor',
      '/api/v1/tickets?view=waiting&cursor=eyJ2aWV3Ijoid2FpdGluZyJ9',
      { method: 'GET' },
      400,
      'invalid_cursor',
    ],
    ['a cursor of bytes', '/api/v1/tickets?cursor=%00%ff', { method: 'GET' }, 400, 'invalid_cursor'],
    [
      'a cursor of another list',
      `/api/v1/tickets?view=closed&cursor=${forged({ view: 'all', number: 1 })}`,
      { method: 'GET' },
      400,
      'invalid_cursor',
    ],
    [
      'a cursor out of every range',
      `/api/v1/tickets?view=waiting&cursor=${forged({ view: 'waiting', priority: 99_999, clockAt: '0000-01-01T00:00:00Z', id: randomUUID() })}`,
      { method: 'GET' },
      400,
      'invalid_cursor',
    ],
    [
      'a message cursor beyond the end',
      `/api/v1/conversations/:conversation/messages?after=${Number.MAX_SAFE_INTEGER}`,
      { method: 'GET' },
      400,
      'invalid_cursor',
    ],
    [
      'a message cursor that is no number',
      '/api/v1/conversations/:conversation/messages?after=NaN',
      { method: 'GET' },
      400,
      'invalid_input',
    ],
    ['an audit cursor', '/api/v1/audit?cursor=1;drop%20table%20audit_log', { method: 'GET' }, 400, 'invalid_cursor'],
  ] as const)('%s', async (_what, path, init, status, code) => {
    const url = path.replace(':ticket', ticketId).replace(':conversation', conversationId);
    for (const locale of ['es', 'en'] as const) {
      const headers = { ...('headers' in init ? init.headers : {}), 'accept-language': locale };
      const answer = await raw(init.method, url, { ...('body' in init ? { body: init.body } : {}), headers });
      expect(answer.text).toMatch(/^\{"error"/);
      const { error } = JSON.parse(answer.text);
      expect([answer.status, error.code]).toEqual([status === 415 ? answer.status : status, code]);
      expect(error.message.slice(0, 10)).toBe(errorCatalogue[error.code as 'not_found'][locale].slice(0, 10));
      expect(answer.text).not.toMatch(/node_modules|\.ts:|select |postgres|at Object/i);
    }
  });
});

test('ids of nobody are simply not found', async () => {
  const params = { id: randomUUID() };
  for (const call of [
    ana.refused(api.openTicket, { params }),
    ana.refused(api.takeTicket, { params }),
    ana.refused(api.markRead, { params, body: { seq: Number.MAX_SAFE_INTEGER } }),
    ana.refused(api.listMessages, { params }),
    ana.refused(api.updateCitizen, { params, body: {} }),
    admin.refused(api.updateOperator, { params, body: { name: 'Nadie' } }),
    admin.refused(api.saveCannedReply, { params, body: { shortcut: 'nadie', title: 'x', body: 'x', queueId: null } }),
  ]) {
    expect(await call).toMatchObject({ status: 404, code: 'not_found' });
  }
  expect(await ana.refused(api.acceptOffer, { params })).toMatchObject({ status: 409, code: 'offer_gone' });
  const file = await raw('GET', `/api/v1/files/${randomUUID()}`);
  expect([file.status, JSON.parse(file.text).error.code]).toEqual([404, 'not_found']);
});

test('whatever is searched for is only searched for', async () => {
  for (const q of [
    "'; drop table citizen; --",
    '%',
    '_',
    '\\',
    '\u0000',
    'a\u0000b',
    '%%%',
    '😀',
    '#9999999999999999',
    '\ud83d',
  ]) {
    const { tickets } = await ana.call(api.listTickets, { query: { q } });
    expect(Array.isArray(tickets)).toBe(true);
  }
  await ana.call(api.updateCitizen, {
    params: { id: (await ana.open(ticketId)).citizen.id },
    body: { name: '100%_\\ José' },
  });
  await centre.server.context.search.catchUp();
  for (const q of ['100%_\\', '  josé ']) {
    await until(async () => (await ana.call(api.listTickets, { query: { q } })).tickets.length === 1, { what: q });
  }
});

test('script in every field is text in every field', async () => {
  const script = `<script>alert('x')</script>`;
  const { citizen } = await ana.open(ticketId);
  const saved = await ana.call(api.updateCitizen, {
    params: { id: citizen.id },
    body: { name: script, about: script },
  });
  expect(saved).toMatchObject({ name: script, about: script });
  const noted = await ana.note(ticketId, script);
  expect(noted.data.text).toBe(script);
  const settings = await admin.call(api.chatSettings);
  const title = { es: `</script>${script}`, en: script };
  await admin.call(api.saveChatSettings, { body: { ...settings, title, launcher: title } });
  const page = await raw('GET', '/');
  expect(page.text).not.toContain(script);
  const answer = await raw('GET', `/api/v1/tickets/${ticketId}`);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  await admin.call(api.saveChatSettings, { body: settings });
});

test('every kind of answer carries its protection', async () => {
  for (const path of ['/', '/console/', '/api/v1/city', '/api/v1/nowhere', '/healthz', '/widget.js', '/api/docs']) {
    const { headers } = await raw('GET', path);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('content-security-policy'), path).toContain("default-src 'self'");
    expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by'), path).toBeNull();
  }
  const [cookie = ''] = (
    await fetch(`${centre.url}/api/v1/session`, {
      ...json(JSON.stringify({ email: 'elena@veracruz.example.org', password: 'contraseña-de-prueba' })),
    })
  ).headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=(Lax|Strict)/i);
});

test('headers without end close the line with an answer, and harm nobody', async () => {
  const answer = await speak(`GET /api/v1/city HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(100_000)}\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  expect(answer).toContain('"code":"invalid_input"');
  const nonsense = await speak('¿Qué onda?\r\n\r\n');
  expect(nonsense).toMatch(/^HTTP\/1\.1 400 /);
  expect(nonsense).toContain('"code":"invalid_input"');
  expect((await raw('GET', '/healthz')).status).toBe(200);
});

test('a page of another site cannot open the console with an operator’s cookie', async () => {
  const foreign = openConsoleSocket(centre.url, ana.cookie, { origin: 'https://evil.example.org' });
  const refusal = await new Promise<Error>((resolve) => foreign.once('connect_error', resolve));
  expect(refusal).toBeInstanceOf(Error);
  const own = openConsoleSocket(centre.url, ana.cookie, { origin: centre.url });
  await new Promise<void>((resolve, reject) => own.once('connect', resolve).once('connect_error', reject));
  own.disconnect();
  foreign.disconnect();
});

test('nonsense at the console’s socket harms nobody', async () => {
  const socket = ana.socket as unknown as { emit(event: string, ...args: unknown[]): void };
  for (const event of ['heartbeat', 'watch', 'unwatch', 'typing', 'no-such-event']) {
    for (const data of [undefined, null, 1, 'x', [], {}, { ticketId: 'x' }, { ticketId: randomUUID(), typing: 1 }]) {
      socket.emit(event, data);
      socket.emit(event, data, 'not a function');
    }
  }
  expect(await ana.socket.emitWithAck('watch', { ticketId: "'" })).toMatchObject({
    ok: false,
    error: { code: 'invalid_input' },
  });
  expect(await ana.socket.emitWithAck('heartbeat')).toMatchObject({ ok: true });
});

test('guesses at a password end, for one address and account', async () => {
  const body = { email: 'carmen@veracruz.example.org', password: 'adivina' };
  const answers = [];
  for (let index = 0; index < 12; index += 1) answers.push(await ana.refused(api.signIn, { body }));
  expect(answers.slice(0, 10).map(({ code }) => code)).toEqual(Array(10).fill('wrong_credentials'));
  expect(answers.at(-1)).toMatchObject({ status: 429, code: 'rate_limited' });
  // An account that does not exist answers the same.
  const unknown = { email: 'nadie@veracruz.example.org', password: 'adivina' };
  expect(await ana.refused(api.signIn, { body: unknown })).toMatchObject({ status: 401, code: 'wrong_credentials' });
});

test('the log knows of it all, and holds no secret and no word that anybody said', async () => {
  await ana.say(ticketId, 'palabra-confidencial');
  await until(() => centre.logs().includes('/api/v1/tickets/:id/messages'), { what: 'the line of the request' });
  expect(centre.logs()).not.toMatch(/palabra-confidencial|contraseña-de-prueba|adivina|session_token|<script>|José/);
  expect(centre.logs()).not.toMatch(/"level":(50|60)/);
});

function forged(cursor: object): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Bytes as they are, and what comes back until the line is closed. */
function speak(bytes: string): Promise<string> {
  const { hostname, port } = new URL(centre.url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (part: string) => {
      answer += part;
    });
    socket.on('error', () => resolve(answer)).on('close', () => resolve(answer));
  });
}
