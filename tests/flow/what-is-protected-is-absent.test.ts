import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import { fileRoutes } from '../../server/contract/endpoints.ts';
import { api, type Route } from '../../server/contract/routes.ts';
import { callApi } from '../support/api-caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

/** Sung by no other bird: wherever it turns up, it got out. */
const CANARY = 'xochipilcanario';

/** Opens a protected case at once and hands over. */
const careful: Bot = {
  async turn({ messages, ticketId, conversationId }, desk) {
    const said = messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])));
    if (!said.join().includes(CANARY)) return { replies: [], state: { version: 1, data: {} } };
    const draft = {
      serviceId: 'violencia-genero',
      description: said.join('\n'),
      place: { point: { latitude: 19.2, longitude: -96.138 }, address: CANARY, coloniaId: null, reference: CANARY },
      attachmentIds: [],
      affected: { name: CANARY, contact: CANARY },
      safeContact: { channel: 'this_chat', address: null, hours: CANARY, name: CANARY, voicemail: false },
    } as const;
    const opened = await desk.cases.open(
      { ticketId, conversationId },
      'one',
      { ...draft, attachmentIds: [] },
      { triage: false },
      'es',
    );
    if (!opened.ok) throw new Error(opened.problem);
    return {
      replies: [[{ type: 'text', text: `911. ${CANARY}` }]],
      state: { version: 1, data: {} },
      understood: { id: 'violencia-genero', confidence: 1 },
      handOff: { reason: 'danger', queueId: 'mujeres', summary: CANARY, priority: 0, protected: true },
    };
  },
};

let centre: ContactCentre;
let resident: ResidentClient;
/** With the grant. */
let ana: OperatorClient;
/** Without it: an operator, the administrator, a department. */
const strangers = new Map<string, { cookie: string; heard: string[] }>();
/** Everything by which what is protected could be asked for. */
const ids: Record<'ticket' | 'conversation' | 'message' | 'citizen' | 'case' | 'file', string> = {
  ticket: '',
  conversation: '',
  message: '',
  citizen: '',
  case: '',
  file: '',
};
let folio = '';

beforeAll(async () => {
  centre = await startContactCentre({ bot: careful, settings: { PRESENCE_LEASE_SECONDS: 600, TRUST_PROXY: 'true' } });
  for (const name of ['beto', 'fernando'] as const) {
    const operator = await centre.operator(name);
    const heard: string[] = [];
    operator.socket.onAny((event, data) => heard.push(`${event} ${JSON.stringify(data)}`));
    strangers.set(name, { cookie: operator.cookie, heard });
    await operator.available();
  }
  ana = await centre.operator('ana');
  const { body } = await callApi(centre.url, api.signIn, {
    body: { email: 'hugo@veracruz.example.org', password: 'contraseña-de-prueba' },
  });
  expect(body).toMatchObject({ operator: { role: 'department' } });

  resident = await centre.resident();
  await resident.say('Hola');
  // Whoever looks at the contact while it is nobody's must not see what comes next.
  const fernando = strangers.get('fernando');
  await until(() => fernando?.heard.some((line) => line.includes('"state":"bot"')), {
    what: 'the contact on his screen',
  });
  const photo = await resident.upload(`${CANARY}.txt`, CANARY);
  await resident.say([
    { type: 'text', text: `Mi pareja me golpea ${CANARY}` },
    { type: 'media', attachmentId: photo.id },
  ]);
  ids.ticket = (await resident.ticketBecomes({ state: 'waiting' })).id;
  await resident.ask('consent', { version: resident.welcome.city.privacyNotice.version });
  await resident.ask('profile', { name: CANARY, email: `${CANARY}@example.org` });
  await ana.available();
  await ana.accepts();

  const { db } = centre.server.context.database;
  const ticket = await db.selectFrom('ticket').selectAll().where('id', '=', ids.ticket).executeTakeFirstOrThrow();
  const message = await db
    .selectFrom('message')
    .select('id')
    .where('ticket_id', '=', ids.ticket)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow();
  const row = await db.selectFrom('service_case').select(['id', 'folio']).executeTakeFirstOrThrow();
  Object.assign(ids, {
    conversation: ticket.conversation_id,
    citizen: ticket.citizen_id,
    message: message.id,
    case: row.id,
    file: photo.id,
  });
  folio = row.folio;
  await ana.say(ids.ticket, `Estoy contigo ${CANARY}`);
  await ana.note(ids.ticket, `Nota ${CANARY}`);
  await resident.reads(`Estoy contigo ${CANARY}`);
}, 60_000);
afterAll(() => centre?.stop());

const isClean = (text: string) => !text.includes(CANARY) && !text.includes(folio) && !text.includes(ids.case);

const reads = Object.entries(api)
  .map(([name, route]) => ({ name, route: route as Route }))
  .filter(({ route, name }) => route.method === 'GET' && name !== 'session');
const who = ['nobody', 'beto', 'fernando', 'hugo'] as const;

async function cookieOf(name: (typeof who)[number]): Promise<string> {
  if (name === 'nobody') return '';
  const known = strangers.get(name);
  if (known) return known.cookie;
  const { signIn } = await import('../support/operator-client.ts');
  const { cookie } = await signIn(centre.url, `${name}@veracruz.example.org`, 'contraseña-de-prueba');
  strangers.set(name, { cookie, heard: [] });
  return cookie;
}

describe.each(who)('without the grant: %s', (name) => {
  test.each(reads)('$name holds nothing of it', async ({ route }) => {
    // Each of them at a desk of their own: they ask more than one address may in a minute.
    const headers = { cookie: await cookieOf(name), 'x-forwarded-for': `10.0.0.${who.indexOf(name) + 1}` };
    const params = route.path.includes(':') ? Object.values(ids).map((id) => ({ id })) : [{}];
    const queries = [
      {},
      { q: CANARY },
      { q: folio },
      { q: String(folio.match(/\d+$/)?.[0]) },
      { view: 'all', state: 'all' },
      { view: 'waiting', state: 'closed', serviceId: 'violencia-genero', departmentId: 'instituto-mujeres' },
      { serviceId: 'violencia-genero', latitude: 19.2, longitude: -96.138 },
    ];
    for (const each of params) {
      for (const query of queries) {
        const { status, body } = await callApi(centre.url, route, { params: each, query } as never, headers);
        expect(isClean(JSON.stringify(body)), `${status} ${JSON.stringify({ each, query, body })}`).toBe(true);
        // A contact, a case, a file by its id: as if there were none.
        if ('id' in each && /^\/(tickets|cases|conversations|messages|citizens)\//.test(route.path)) {
          expect([401, 403, 404]).toContain(status === 400 ? 404 : status);
        }
      }
    }
  });

  test('files, mails and pages hold nothing of it', async () => {
    const headers = { cookie: await cookieOf(name) };
    const paths = [
      fileRoutes.download(ids.file),
      fileRoutes.emailBody(ids.message),
      fileRoutes.emailRaw(ids.message),
      `/folio/${folio}`,
      '/folio',
      '/',
      '/console',
      '/metrics',
      '/readyz',
      '/open311/v2/services.json',
      '/open311/v2/requests.json',
      '/open311/v2/requests.json?service_code=violencia-genero',
      `/open311/v2/requests/${folio}.json`,
    ];
    for (const path of paths) {
      const answer = await fetch(`${centre.url}${path}`, { headers });
      expect(isClean(await answer.text()), path).toBe(true);
    }
  });

  test('nothing can be done to it', async () => {
    const headers = { cookie: await cookieOf(name) };
    const clientId = crypto.randomUUID();
    const attempts: [Route, string, object | undefined][] = [
      [api.takeTicket, ids.ticket, {}],
      [api.sendMessage, ids.ticket, { clientId, text: 'hola' }],
      [api.addNote, ids.ticket, { clientId, text: 'hola' }],
      [api.transferTicket, ids.ticket, { queueId: 'general' }],
      [api.closeTicket, ids.ticket, { disposition: 'resuelto' }],
      [api.snoozeTicket, ids.ticket, { until: null }],
      [api.forwardTicket, ids.ticket, { clientId, department: 'obras-publicas', text: 'hola' }],
      [api.markRead, ids.ticket, { seq: 1 }],
      [api.updateCitizen, ids.citizen, { about: 'hola' }],
      [api.changeCaseStatus, ids.case, { status: 'solved', version: 0 }],
      [api.addCaseNote, ids.case, { clientId, text: 'hola' }],
      [api.addCaseUpdate, ids.case, { clientId, text: 'hola' }],
      [api.editCase, ids.case, { description: 'hola', version: 0 }],
      [api.followCaseFor, ids.case, { ticketId: ids.ticket }],
    ];
    for (const [route, id, body] of attempts) {
      const answer = await callApi(centre.url, route, { params: { id }, body } as never, headers);
      expect([401, 403, 404], `${route.method} ${route.path} ${JSON.stringify(answer.body)}`).toContain(answer.status);
      expect(isClean(JSON.stringify(answer.body))).toBe(true);
    }
  });
});

describe('what is told without being asked', () => {
  test.each(['beto', 'fernando'] as const)('%s heard nothing of it, but that a contact is gone', (name) => {
    const heard = strangers.get(name)?.heard ?? [];
    expect(heard.filter((line) => !isClean(line))).toEqual([]);
    // Proof that something was listened to.
    expect(heard.length).toBeGreaterThan(2);
    if (name === 'fernando') expect(heard).toContain(`ticket.gone ${JSON.stringify({ ticketId: ids.ticket })}`);
  });

  test('no line of the log holds it', () => {
    expect(centre.logs()).toContain('"route"');
    expect(
      centre
        .logs()
        .split('\n')
        .filter((line) => line.includes(CANARY)),
    ).toEqual([]);
  });
});

describe('with the grant', () => {
  test('the contact and the case are there, and each reading is on record', async () => {
    const { ticket, messages } = await ana.open(ids.ticket);
    expect(ticket).toMatchObject({ protected: true, queueId: 'mujeres', priority: 0 });
    expect(JSON.stringify(messages)).toContain(CANARY);
    const found = await ana.call(api.openCase, { params: { id: ids.case } });
    expect(found).toMatchObject({ protected: true, departmentId: 'instituto-mujeres' });
    const { db } = centre.server.context.database;
    const record = await db.selectFrom('audit_log').select(['action', 'target', 'actor_name']).execute();
    for (const [action, target] of [
      ['ticket.read', ids.ticket],
      ['case.read', ids.case],
    ]) {
      expect(record).toContainEqual({ action, target, actor_name: 'Ana Ruiz' });
    }
  });

  test('it cannot be handed to whoever has none', async () => {
    const { operator } = (await callApi(centre.url, api.session, {}, { cookie: strangers.get('beto')?.cookie ?? '' }))
      .body as {
      operator: { id: string };
    };
    const refusal = await ana.refused(api.transferTicket, {
      params: { id: ids.ticket },
      body: { operatorId: operator.id },
    });
    expect(refusal.code).toBe('grant_required');
    const sent = await ana.call(api.transferTicket, { params: { id: ids.ticket }, body: { queueId: 'general' } });
    expect(sent.queueId).toBe('mujeres');
  });

  test('what the resident writes later, in a new contact, stays protected', async () => {
    await ana.call(api.takeTicket, { params: { id: ids.ticket } });
    await ana.close(ids.ticket);
    await resident.ticketBecomes({ state: 'closed' });
    await resident.say('Hola otra vez');
    const { db } = centre.server.context.database;
    const later = await until(
      () =>
        db
          .selectFrom('ticket')
          .select('protected')
          .where('conversation_id', '=', ids.conversation)
          .where('state', '<>', 'closed')
          .executeTakeFirst(),
      { what: 'the new contact' },
    );
    expect(later.protected).toBe(true);
  });
});
