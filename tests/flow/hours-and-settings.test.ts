import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let admin: OperatorClient;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  admin = await centre.operator('fernando');
  ana = await centre.operator('ana');
});

afterAll(() => centre?.stop());

const wholeDay = [{ from: '00:00', to: '24:00' }];
const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), wholeDay]));
const never = { '1': [], '2': [], '3': [], '4': [], '5': [], '6': [], '7': [] };

async function saveHours(id: string, days: typeof never | Record<string, { from: string; to: string }[]>) {
  const queue = (await admin.call(api.listQueues)).find((candidate) => candidate.id === id);
  if (!queue) throw new Error(`There is no queue ${id}`);
  const { id: _, open: __, opensAt: ___, ...body } = queue;
  return admin.call(api.saveQueue, { params: { id }, body: { ...body, hours: { ...queue.hours, days } } });
}

test('outside hours the resident is told when a person answers; opening drains the queue at once', async () => {
  const opening = (await admin.call(api.listQueues)).find(({ isDefault }) => isDefault);
  const tomorrow = { ...never, [String((new Date().getUTCDay() + 2) % 7 || 7)]: [{ from: '09:00', to: '14:00' }] };
  await saveHours('general', tomorrow);
  const lupe = await centre.resident();
  expect(lupe.welcome.city.open).toBe(false);
  await lupe.say('Quiero hablar con una persona');
  const told = await lupe.isTold('outside_hours');
  const [notice] = told.parts;
  if (notice?.type !== 'notice') throw new Error('It is no notice');
  expect(new Date(notice.values.opens ?? '').getTime()).toBeGreaterThan(Date.now());
  await lupe.ticketBecomes({ state: 'waiting', open: false, expectedWaitSeconds: null });
  expect(lupe.ticket?.opensAt).toBe(notice.values.opens);
  const transcript = await fetch(`${centre.url}/api/v1/chat/transcript?token=${lupe.token}`);
  expect(await transcript.text()).toContain('a partir de');

  await ana.available();
  const said = await lupe.say('Es sobre mi predial');
  await until(async () => (await ana.open(said.ticketId ?? '')).messages.some(({ id }) => id === said.id), {
    what: 'the message to be stored',
  });
  expect((await ana.call(api.currentOffer)).offer, 'nobody is asked outside hours').toBeNull();

  await saveHours('general', opening?.hours.days ?? {});
  expect((await ana.accepts()).id).toBe(said.ticketId);
  await lupe.ticketBecomes({ operatorName: 'Ana' });
  await ana.close(said.ticketId ?? '');
  await ana.away();
});

test('a change of the chat’s looks reaches open widgets and consoles at once', async () => {
  const lupe = await centre.resident();
  const settings = await admin.call(api.chatSettings);
  const title = { es: 'Atención ciudadana', en: 'Citizen care' };
  await admin.call(api.saveChatSettings, { body: { ...settings, title } });
  await until(
    () =>
      lupe.pushed.some(({ event, data }) => event === 'settings' && (data as typeof settings).title.es === title.es),
    {
      what: 'the new title',
    },
  );
  await until(() => ana.heard('changed').some(({ what }) => what === 'chat-settings'), { what: 'the console’s news' });
  expect((await centre.resident()).welcome.city.chat.title).toEqual(title);
});

test('a queue that is removed leaves nobody behind', async () => {
  const queue = (await admin.call(api.listQueues)).find(({ id }) => id === 'servicios');
  if (!queue) throw new Error('There is no such queue');
  const { open: _, opensAt: __, ...body } = queue;
  await admin.call(api.createQueue, { body: { ...body, id: 'obras', name: { es: 'Obras', en: 'Works' } } });
  const lupe = await centre.resident();
  await lupe.say('Quiero hablar con una persona');
  const { id } = await lupe.ticketBecomes({ state: 'waiting' });
  const { clockAt } = (await admin.open(id)).ticket;
  await admin.call(api.transferTicket, { params: { id }, body: { queueId: 'obras' } });
  expect(await admin.call(api.deleteQueue, { params: { id: 'obras' } })).toEqual({ moved: 1 });
  expect((await admin.open(id)).ticket).toMatchObject({ queueId: 'general', state: 'waiting', clockAt });
  expect((await admin.refused(api.deleteQueue, { params: { id: 'general' } })).code).toBe('wrong_state');
  await lupe.ask('end');
});

test('rules of routing: changed live, with before and after, and only skills that there are can be given', async () => {
  const before = await admin.call(api.routingSettings);
  expect(before.skills.map(({ id }) => id)).toContain('ingles');
  const after = { ...before, unitsBesideCall: 1, skills: before.skills.filter(({ id }) => id === 'ingles') };
  await admin.call(api.saveRoutingSettings, { body: after });
  await until(() => ana.heard('changed').some(({ what }) => what === 'routing'), { what: 'the console’s news' });
  expect(await ana.call(api.routingSettings)).toEqual(after);
  expect((await ana.refused(api.saveRoutingSettings, { body: before })).code).toBe('forbidden');
  const params = { id: ana.id };
  const refusal = await admin.refused(api.updateOperator, { params, body: { skillIds: ['negocios'] } });
  expect(refusal.code, 'a skill that was removed').toBe('not_found');
  expect((await admin.call(api.listOperators)).find(({ id }) => id === ana.id)?.skillIds).toEqual(['ingles']);

  const opened = await admin.call(api.openOverflow, { params: { id: 'general' }, body: { seconds: 600 } });
  expect(Date.parse(opened.overflowUntil ?? '')).toBeGreaterThan(Date.now());
  expect((await ana.refused(api.openOverflow, { params: { id: 'general' }, body: { seconds: 600 } })).code).toBe(
    'forbidden',
  );
  const ended = await admin.call(api.openOverflow, { params: { id: 'general' }, body: { seconds: null } });
  expect(ended.overflowUntil).toBeNull();

  const { entries } = await admin.call(api.listAudit, { query: { limit: 20 } });
  expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['overflow.opened', 'overflow.closed']));
  expect(entries.find(({ action }) => action === 'routing.updated')).toMatchObject({
    before: { unitsBesideCall: 0 },
    after: { unitsBesideCall: 1 },
    actor: { id: admin.id },
  });
  await admin.call(api.saveRoutingSettings, { body: before });
});

test('by when somebody is to answer follows the hours at once', async () => {
  await saveHours('general', always);
  const lupe = await centre.resident();
  await lupe.say('Quiero hablar con una persona');
  const { id } = await lupe.ticketBecomes({ state: 'waiting' });
  const promised = async () => {
    const { serviceLevelDueAt, waitingSince } = (await admin.open(id)).ticket;
    return serviceLevelDueAt && (Date.parse(serviceLevelDueAt) - Date.parse(waitingSince ?? '')) / 1_000;
  };
  expect(await promised()).toBe(60);
  await saveHours('general', never);
  expect(await promised(), 'it does not open again').toBeNull();
  await saveHours('general', always);
  expect(await promised()).toBe(60);
  await lupe.ask('end');
});

test('who changed what is written down, before and after, and never a secret', async () => {
  const password = 'una contraseña nueva';
  const beto = (await admin.call(api.listOperators)).find(({ name }) => name === 'Beto Cruz');
  await admin.call(api.updateOperator, { params: { id: beto?.id ?? '' }, body: { capacity: 7, password } });
  const { entries } = await admin.call(api.listAudit, { query: { limit: 100 } });
  expect(entries[0]).toMatchObject({
    action: 'operator.updated',
    target: beto?.id,
    actor: { id: admin.id, name: 'Fernando Sosa' },
    before: { capacity: 4 },
    after: { capacity: 7, password: 'changed' },
  });
  const actions = entries.map(({ action }) => action);
  for (const action of [
    'session.started',
    'queue.created',
    'queue.updated',
    'queue.deleted',
    'chat_settings.updated',
  ]) {
    expect(actions).toContain(action);
  }
  expect(entries.find(({ action }) => action === 'chat_settings.updated')).toMatchObject({
    before: { title: { es: 'Línea Veracruz' } },
    after: { title: { es: 'Atención ciudadana' } },
  });
  expect(JSON.stringify(entries)).not.toMatch(/contraseña|scrypt|token/i);

  const pages: number[] = [];
  let cursor: string | null = null;
  do {
    const page: { entries: { id: number }[]; nextCursor: string | null } = await admin.call(api.listAudit, {
      query: { limit: 3, ...(cursor ? { cursor } : {}) },
    });
    pages.push(...page.entries.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(pages).toEqual([...new Set(pages)].sort((a, b) => b - a));
  expect(pages.length).toBeGreaterThanOrEqual(entries.length);
});

test('canned replies: added, changed, removed, one a shortcut', async () => {
  const body = { shortcut: 'saludo-largo', title: 'Saludo', body: 'Hola {{citizen.name}}', queueId: null };
  const reply = await admin.call(api.createCannedReply, { body });
  expect((await admin.refused(api.createCannedReply, { body })).code).toBe('already_exists');
  await admin.call(api.saveCannedReply, { params: { id: reply.id }, body: { ...body, title: 'Otro' } });
  expect(await ana.call(api.listCannedReplies)).toContainEqual({ ...body, id: reply.id, title: 'Otro' });
  await admin.call(api.deleteCannedReply, { params: { id: reply.id } });
  expect((await admin.refused(api.deleteCannedReply, { params: { id: reply.id } })).code).toBe('not_found');
});
