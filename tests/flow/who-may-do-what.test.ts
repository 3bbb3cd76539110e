import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Role, roleSchema } from '../../server/contract/http.ts';
import { may, type Permission, permissions, permissionsOfBase, without } from '../../server/contract/permissions.ts';
import { type Api, api, type Route } from '../../server/contract/routes.ts';
import { callApi } from '../support/api-caller.ts';
import { type ContactCentre, SAMPLE_PASSWORD, startContactCentre } from '../support/contact-centre.ts';
import { connectOperator, type OperatorClient, signIn } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
const cookies = new Map<Role, string>();
let admin: OperatorClient;
let ana: OperatorClient;
let dan: OperatorClient;

const department = { email: 'obras@veracruz.example.org', password: 'una contraseña larga' };

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  [admin, ana, dan] = (await Promise.all(['fernando', 'ana', 'dan'].map((name) => centre.operator(name)))) as [
    OperatorClient,
    OperatorClient,
    OperatorClient,
  ];
  await admin.call(api.createOperator, { body: { ...department, name: 'Obras Públicas', role: 'department' } });
  cookies.set('administrator', admin.cookie);
  // Of their own: signing out is one of the routes.
  cookies.set('operator', (await signIn(centre.url, 'beto@veracruz.example.org', SAMPLE_PASSWORD)).cookie);
  cookies.set('supervisor', (await signIn(centre.url, 'elena@veracruz.example.org', SAMPLE_PASSWORD)).cookie);
  cookies.set('department', (await signIn(centre.url, department.email, department.password)).cookie);
});

afterAll(() => centre?.stop());

/** Parameters and bodies that name nothing that exists: who may call is settled before what is asked. */
const nobodys = { params: { id: randomUUID() }, body: {} };

/** Where what is asked decides as well: what everybody with the permission gets. */
const asks: Partial<Record<keyof Api, { query: object }>> = { listReviews: { query: { view: 'received' } } };

const routes = Object.entries(api).map(([name, route]) => ({ name: name as keyof Api, route: route as Route }));

describe.each(routes)('$name', ({ name, route }) => {
  const input = { ...nobodys, ...(route.method === 'GET' || route.method === 'DELETE' ? { body: undefined } : {}) };
  const bare = { ...input, ...(/:/.test(route.path) ? {} : { params: undefined }), ...asks[name] };

  if (route.access === 'public') {
    test('is open to anybody', async () => {
      expect((await callApi(centre.url, route, bare)).status).not.toBe(403);
    });
    return;
  }

  test('is closed to a stranger', async () => {
    for (const headers of [{}, { cookie: 'linea.session_token=forged.c2lnbmF0dXJl' }] as Record<string, string>[]) {
      const { status, body } = await callApi(centre.url, route, bare, headers);
      expect(status, JSON.stringify(body)).toBe(401);
      expect(body).toMatchObject({ error: { code: 'unauthenticated' } });
    }
  });

  test.each(roleSchema.options)('%s', async (role) => {
    // The session must outlive this table.
    if (name === 'signOut') return;
    const { status, body } = await callApi(centre.url, route, bare, { cookie: cookies.get(role) ?? '' });
    const isTheirs =
      route.access === 'signed-in' || may({ permissions: permissionsOfBase[role] }, route.access as Permission);
    if (isTheirs) expect([401, 403, 500, 503], JSON.stringify(body)).not.toContain(status);
    else expect(status, JSON.stringify(body)).toBe(403);
  });
});

/** What everybody of the console may call: about themselves, or names that every screen shows. */
const forEverybody = [
  'session',
  'signOut',
  'consoleCity',
  'listQueues',
  'listOperators',
  'chatSettings',
  'routingSettings',
  'listSessions',
  'endSessions',
  'twoFactor',
  'beginTwoFactor',
  'confirmTwoFactor',
  'endTwoFactor',
  // Whoever writes to somebody, about a contact or a case, has a dictionary.
  'spelling',
  'addWord',
  'removeWord',
];
/** Asked for within what a route does, by a socket, or where it is not JSON. */
const askedElsewhere: Permission[] = [
  'contacts.all',
  'contacts.intervene',
  'calls.recordings',
  'cases.all',
  'broadcasts.approve',
  'reports.export',
  'people.grant',
  'system.jobs',
];

test('no route is open to everybody of the console by accident, and none before the second step but those that lead there', () => {
  const open = routes.filter(({ route }) => route.access === 'signed-in').map(({ name }) => name);
  expect(open.sort()).toEqual([...forEverybody].sort());
  const early = routes.filter(({ route }) => route.beforeSecondStep).map(({ name }) => name);
  expect(early.sort()).toEqual(['beginTwoFactor', 'confirmTwoFactor', 'session', 'signOut', 'twoFactor']);
});

test('each permission is asked for somewhere', () => {
  const asked = new Set<string>([...routes.map(({ route }) => route.access), ...askedElsewhere]);
  expect(permissions.filter((permission) => !asked.has(permission))).toEqual([]);
});

describe('a role of the city that lacks one permission', () => {
  const email = 'incompleta@veracruz.example.org';
  const password = 'una contraseña bien larga';
  let roleId: string;
  let cookie: string;

  beforeAll(async () => {
    const everything = { name: 'Incompleta', base: 'administrator' as const, permissions: [...permissions] };
    roleId = (await admin.call(api.createRole, { body: everything })).id ?? '';
    await admin.call(api.createOperator, {
      body: { name: 'Inés Incompleta', email, password, role: 'administrator', roleId },
    });
    cookie = (await signIn(centre.url, email, password)).cookie;
  });

  test.each(permissions)('%s', async (lacking) => {
    const body = { name: 'Incompleta', permissions: without(permissions, lacking) };
    await admin.call(api.saveRole, { params: { id: roleId }, body });
    for (const { name, route } of routes.filter((each) => each.route.access === lacking)) {
      const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
      const params = /:/.test(route.path) ? nobodys.params : undefined;
      const answer = await callApi(centre.url, route, { params, body: hasBody ? {} : undefined }, { cookie });
      expect([name, answer.status]).toEqual([name, 403]);
      expect(answer.body).toMatchObject({ error: { code: 'forbidden' } });
    }
  });
});

/** A resident whose contact waits in the queue for procedures, which is not Dan's. */
async function residentOfAnotherQueue(): Promise<{
  resident: ResidentClient;
  ticketId: string;
  conversationId: string;
}> {
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  await resident.ticketBecomes({ state: 'waiting' });
  const ticketId = resident.ticket?.id ?? '';
  await admin.call(api.takeTicket, { params: { id: ticketId } });
  await admin.call(api.transferTicket, { params: { id: ticketId }, body: { queueId: 'tramites' } });
  await resident.ticketBecomes({ state: 'waiting' });
  return { resident, ticketId, conversationId: (await resident.sync()).conversationId ?? '' };
}

describe('a contact in a queue that is not theirs', () => {
  test('cannot be read, changed, watched or found by an operator', async () => {
    const { resident, ticketId, conversationId } = await residentOfAnotherQueue();
    const file = await resident.upload('recibo.txt', 'cuenta 12345');
    await resident.say([{ type: 'media', attachmentId: file.id }]);
    const citizenId = (await admin.open(ticketId)).citizen.id;
    const params = { id: ticketId };
    const clientId = randomUUID();

    const hidden = { status: 404, code: 'not_found' };
    expect(await dan.refused(api.openTicket, { params })).toMatchObject(hidden);
    expect(await dan.refused(api.takeTicket, { params })).toMatchObject(hidden);
    expect(await dan.refused(api.sendMessage, { params, body: { clientId, text: 'hola' } })).toMatchObject(hidden);
    expect(await dan.refused(api.addNote, { params, body: { clientId, text: 'hola' } })).toMatchObject(hidden);
    expect(await dan.refused(api.transferTicket, { params, body: { queueId: 'general' } })).toMatchObject(hidden);
    expect(await dan.refused(api.closeTicket, { params, body: { disposition: 'spam' } })).toMatchObject(hidden);
    expect(await dan.refused(api.reopenTicket, { params })).toMatchObject(hidden);
    expect(await dan.refused(api.markRead, { params, body: { seq: 1 } })).toMatchObject(hidden);
    expect(await dan.refused(api.listMessages, { params: { id: conversationId } })).toMatchObject(hidden);
    expect(await dan.refused(api.updateCitizen, { params: { id: citizenId }, body: {} })).toMatchObject(hidden);
    expect(await dan.socket.emitWithAck('watch', { ticketId })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    const download = await fetch(`${centre.url}/api/v1/files/${file.id}`, { headers: { cookie: dan.cookie } });
    expect(download.status).toBe(404);
    for (const view of ['all', 'waiting', 'mine', 'closed'] as const) {
      const { tickets } = await dan.call(api.listTickets, { query: { view } });
      expect(tickets.map(({ id }) => id)).not.toContain(ticketId);
    }

    expect((await ana.open(ticketId)).ticket.id).toBe(ticketId);
    await resident.ask('end');
  });

  test('stays closed when an earlier contact of the same person was theirs', async () => {
    const resident = await centre.resident();
    await resident.say('Quiero hablar con una persona');
    await resident.isTold('handed_off');
    await resident.ticketBecomes({ state: 'waiting' });
    await resident.ticketBecomes({ state: 'waiting' });
    const earlier = resident.ticket?.id ?? '';
    await dan.call(api.takeTicket, { params: { id: earlier } });
    await dan.say(earlier, 'Con gusto');
    await dan.close(earlier);
    await resident.ticketBecomes({ state: 'closed' });

    await resident.say('Quiero hablar con una persona');
    const later = (await resident.ticketBecomes({ state: 'waiting' })).id;
    await admin.call(api.takeTicket, { params: { id: later } });
    await admin.call(api.transferTicket, { params: { id: later }, body: { queueId: 'tramites' } });
    const file = await resident.upload('comprobante.txt', 'cuenta 67890');
    await resident.say([
      { type: 'text', text: 'Mi cuenta es 67890' },
      { type: 'media', attachmentId: file.id },
    ]);
    const { conversationId } = await resident.sync();

    const { messages, history } = await dan.open(earlier);
    expect(messages.map(({ ticketId }) => ticketId)).not.toContain(later);
    expect(JSON.stringify([messages, history])).not.toContain('67890');
    const page = await dan.call(api.listMessages, { params: { id: conversationId ?? '' }, query: { after: 0 } });
    expect(JSON.stringify(page.messages)).not.toContain('67890');
    expect(page.lastSeq).toBe(page.messages.at(-1)?.seq);
    const download = await fetch(`${centre.url}/api/v1/files/${file.id}`, { headers: { cookie: dan.cookie } });
    expect(download.status).toBe(404);

    // Whoever has the later contact sees all that was said before it.
    expect(JSON.stringify((await ana.open(later)).messages)).toContain('Con gusto');
    await resident.ask('end');
  });

  test('is heard no more by those who watched it before it went there', async () => {
    const resident = await centre.resident();
    await resident.say('Quiero hablar con una persona');
    await resident.isTold('handed_off');
    await resident.ticketBecomes({ state: 'waiting' });
    await resident.ticketBecomes({ state: 'waiting' });
    const ticketId = resident.ticket?.id ?? '';
    await dan.watch(ticketId);
    await ana.watch(ticketId);
    await admin.call(api.takeTicket, { params: { id: ticketId } });
    await admin.call(api.transferTicket, { params: { id: ticketId }, body: { queueId: 'tramites' } });
    await until(
      () =>
        ana
          .heard('viewers')
          .at(-1)
          ?.viewers.every(({ operatorId }) => operatorId !== dan.id),
      {
        what: 'Dan to be put out',
      },
    );
    const secret = await resident.say('Esto es solo para trámites');
    await until(() => ana.heard('message').some(({ message }) => message.id === secret.id), { what: 'the message' });
    expect(dan.heard('message').some(({ message }) => message.id === secret.id)).toBe(false);
    await resident.ask('end');
  });
});

test('a person of a department hears of no contact, no colleague and no queue', async () => {
  const hugo = await centre.operator('hugo');
  const resident = await centre.resident();
  const { ticketId } = await resident.say('Buenas tardes');
  expect(await hugo.socket.emitWithAck('watch', { ticketId: ticketId ?? '' })).toMatchObject({
    ok: false,
    error: { code: 'not_found' },
  });
  await ana.watch(ticketId ?? '');
  await ana.available();
  await until(() => ana.heard('presence').some(({ status }) => status === 'available'), { what: 'Ana to be told' });
  for (const event of ['ticket', 'message', 'event', 'presence', 'queues', 'viewers'] as const) {
    expect(hugo.heard(event)).toEqual([]);
  }
  await ana.away();
  await resident.ask('end');
});

test('who loses a queue hears it no more', async () => {
  const operator = { email: 'nuevo@veracruz.example.org', password: 'otra contraseña larga' };
  const { id } = await admin.call(api.createOperator, {
    body: { ...operator, name: 'Nuevo', role: 'operator', queueIds: ['general'] },
  });
  const nuevo = await connectOperator(centre.url, operator.email, operator.password);
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  await resident.ticketBecomes({ state: 'waiting' });
  const ticketId = resident.ticket?.id ?? '';
  await nuevo.watch(ticketId);
  await admin.call(api.updateOperator, { params: { id }, body: { queueIds: ['servicios'] } });
  await ana.watch(ticketId);
  await until(
    () =>
      ana
        .heard('viewers')
        .at(-1)
        ?.viewers.every(({ operatorId }) => operatorId !== id),
    {
      what: 'the new one to be put out',
    },
  );
  expect(await nuevo.refused(api.openTicket, { params: { id: ticketId } })).toMatchObject({ status: 404 });
  await resident.ask('end');
  nuevo.leave();
});
