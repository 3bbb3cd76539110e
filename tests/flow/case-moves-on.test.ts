import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseDetail } from '../../server/contract/case.ts';
import type { CaseStatus } from '../../server/contract/case-status.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, inTown, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, beto] = (await Promise.all(['ana', 'beto'].map((name) => centre.operator(name)))) as [
    OperatorClient,
    OperatorClient,
  ];
});
afterAll(() => centre?.stop());

const goes = (to: CaseStatus, of: CaseDetail, more: { update?: string; reason?: string; owner?: string } = {}) =>
  ana.call(api.changeCaseStatus, { params: { id: of.id }, body: { status: to, version: of.version, ...more } });

test('a resident hears in the chat of every step, with what the department adds', async () => {
  const { resident, ticketId } = await aContact(centre);
  const opened = await opens(ana, { ticketId });
  const begun = await goes('in_progress', opened, { update: 'La cuadrilla llega mañana.' });
  expect(begun).toMatchObject({ status: 'in_progress', closedAt: null, version: 2 });
  const told = await resident.reads('La cuadrilla llega mañana.');
  expect(told.author).toMatchObject({ type: 'department', name: 'Obras Públicas' });
  expect(words(told)).toContain('Ya se está trabajando en tu reporte');
  expect(told.parts.find((part) => part.type === 'folio')).toMatchObject({ status: 'in_progress', secret: null });

  const note = { clientId: randomUUID(), text: 'El vecino es difícil' };
  await ana.call(api.addCaseNote, { params: { id: opened.id }, body: note });
  await ana.call(api.addCaseNote, { params: { id: opened.id }, body: note });
  const update = { clientId: randomUUID(), text: 'Falta el asfalto.' };
  await ana.call(api.addCaseUpdate, { params: { id: opened.id }, body: update });
  const noted = await ana.call(api.addCaseUpdate, { params: { id: opened.id }, body: update });
  expect(noted.events.map(({ type }) => type)).toEqual(['opened', 'status_changed', 'note', 'update']);
  await resident.reads('Falta el asfalto.');

  // After the contact is closed it is said all the same, in the same conversation.
  await ana.call(api.takeTicket, { params: { id: ticketId } });
  await ana.close(ticketId);
  await goes('solved', noted);
  const solved = await resident.reads('se marcó como resuelto');
  expect(solved.ticketId).toBeNull();
  expect(resident.messages.map(words).join('\n')).not.toContain('El vecino es difícil');
  expect(resident.messages.filter((message) => words(message).includes('Falta el asfalto.'))).toHaveLength(1);
});

describe('a step that the table does not know', () => {
  test('is refused, and so is one without its reason', async () => {
    const opened = await opens(ana);
    const params = { id: opened.id };
    const refusal = (body: { status: CaseStatus; version?: number; reason?: string }) =>
      ana.refused(api.changeCaseStatus, { params, body: { version: opened.version, ...body } });
    expect(await refusal({ status: 'reopened' })).toMatchObject({ status: 409, code: 'wrong_case_step' });
    expect(await refusal({ status: 'received' })).toMatchObject({ code: 'wrong_case_step' });
    expect(await refusal({ status: 'rejected' })).toMatchObject({ status: 400, details: { missing: 'reason' } });
    expect(await refusal({ status: 'not_ours' })).toMatchObject({ status: 400, details: { missing: 'owner' } });
    const rejected = await goes('rejected', opened, { reason: 'Es un predio privado' });
    expect(rejected).toMatchObject({ reason: 'Es un predio privado', closedAt: expect.any(String) });
    expect(await refusal({ status: 'assigned', version: rejected.version })).toMatchObject({ code: 'wrong_case_step' });
    expect(await goes('reopened', rejected)).toMatchObject({ status: 'reopened', reason: null, closedAt: null });
  });

  test('a decision on what is no longer so is a conflict; a note in between is none', async () => {
    const opened = await opens(ana);
    const params = { id: opened.id };
    await beto.call(api.addCaseNote, { params, body: { clientId: randomUUID(), text: 'Ojo' } });
    await goes('assigned', opened);
    expect(await ana.refused(api.changeCaseStatus, { params, body: { status: 'solved', version: 1 } })).toMatchObject({
      status: 409,
      code: 'conflict',
    });
    expect(await ana.refused(api.editCase, { params, body: { version: 1, priority: 0 } })).toMatchObject({
      code: 'conflict',
    });
  });
});

test('who corrects a case changes what follows from it', async () => {
  const opened = await opens(ana);
  const lamp = await ana.call(api.editCase, {
    params: { id: opened.id },
    body: { version: opened.version, serviceId: 'luminaria', description: 'No prende' },
  });
  expect(lamp).toMatchObject({ departmentId: 'alumbrado', workingDays: 5, description: 'No prende' });
  expect(lamp.promisedFor < opened.promisedFor).toBe(true);
  expect(lamp.events.at(-1)?.data).toMatchObject({ changes: { service_id: { from: 'bache', to: 'luminaria' } } });
  const passed = await ana.call(api.editCase, {
    params: { id: opened.id },
    body: { version: lamp.version, departmentId: 'agua-saneamiento', affected: { name: 'Doña Lupe', contact: null } },
  });
  expect(passed).toMatchObject({ departmentId: 'agua-saneamiento', affected: { name: 'Doña Lupe' } });
  const same = await ana.call(api.editCase, { params: { id: opened.id }, body: { version: passed.version } });
  expect(same.version).toBe(passed.version);
  expect(
    await ana.refused(api.editCase, {
      params: { id: opened.id },
      body: { version: passed.version, departmentId: 'no-hay' },
    }),
  ).toMatchObject({ status: 400 });
});

test('whoever follows a case counts once, and hears of it; who filed it is no follower', async () => {
  const reporter = await aContact(centre);
  const opened = await opens(ana, { ticketId: reporter.ticketId });
  const params = { id: opened.id };
  const neighbour = await aContact(centre);
  const follow = (ticketId: string) => beto.call(api.followCaseFor, { params, body: { ticketId } });
  await follow(neighbour.ticketId);
  const followed = await follow(neighbour.ticketId);
  expect(followed).toMatchObject({
    followers: 1,
    tickets: expect.arrayContaining([expect.objectContaining({ id: neighbour.ticketId })]),
  });
  expect((await ana.call(api.followCaseFor, { params, body: { ticketId: reporter.ticketId } })).followers).toBe(1);
  await goes('assigned', followed);
  const told = await neighbour.resident.reads('ya lo tiene Obras Públicas');
  await reporter.resident.reads('ya lo tiene Obras Públicas');

  // Each has a key of their own; a follower's shows neither the reporter's words nor a house.
  const card = told.parts.find((part) => part.type === 'folio');
  const [folio, secret] = (card?.link?.split('#')[1] ?? '').split('.') as [string, string];
  const shown = await ana.call(api.readFolio, { body: { folio, secret } });
  expect(shown).toMatchObject({ description: null, status: 'assigned', followers: 1 });
  expect(shown.where).toMatch(/^Calle Xalapa(,|$)/);
  expect((await beto.open(neighbour.ticketId)).cases).toMatchObject([{ id: opened.id }]);
});

test('many followers are told in batches, each once', async () => {
  const opened = await opens(ana);
  const neighbours = await Promise.all(Array.from({ length: 23 }, () => centre.resident()));
  for (const neighbour of neighbours) {
    const { ticketId } = await neighbour.say('Yo también tengo ese bache');
    await ana.call(api.followCaseFor, { params: { id: opened.id }, body: { ticketId: ticketId ?? '' } });
  }
  await goes('in_progress', { ...opened, version: 1 });
  const count = (of: (typeof neighbours)[number]) =>
    of.messages.filter((message) => words(message).includes('se está trabajando')).length;
  await until(() => neighbours.every((neighbour) => count(neighbour) === 1), { what: 'all to be told' });
  for (const neighbour of neighbours) await neighbour.sync();
  expect(neighbours.map(count)).toEqual(neighbours.map(() => 1));
});

test('consoles see a case change, and lists, board and map agree', async () => {
  const opened = await opens(ana, { serviceId: 'grafiti' });
  await until(() => beto.heard('case').some(({ id }) => id === opened.id), { what: 'Beto to hear of the case' });
  const moved = await goes('assigned', opened);
  await until(() => beto.heard('case').some(({ id, version }) => id === opened.id && version === moved.version), {
    what: 'Beto to hear of its step',
  });
  const query = { serviceId: 'grafiti' };
  const list = await ana.call(api.listCases, { query });
  expect(list).toMatchObject({ total: 1, nextCursor: null, cases: [{ id: opened.id, status: 'assigned' }] });
  const board = await ana.call(api.caseBoard, { query });
  expect(board.columns.map(({ status, total }) => [status, total])).toEqual([
    ['received', 0],
    ['assigned', 1],
    ['in_progress', 0],
    ['waiting_citizen', 0],
    ['reopened', 0],
  ]);
  expect(await ana.call(api.caseMap, { query })).toMatchObject({ total: 1, cases: [{ point: inTown, late: false }] });
  centre.clock.advance(60 * 24 * 3_600);
  expect(await ana.call(api.listCases, { query: { ...query, late: 'true' } })).toMatchObject({ total: 1 });
  expect(await ana.call(api.caseMap, { query })).toMatchObject({ cases: [{ late: true }] });
  centre.clock.advance(-60 * 24 * 3_600);
});

test('the list is searched by words without accents, by folio, and read page by page', async () => {
  const made = [];
  for (const description of ['Huele a quemado', 'Huele a QUEMADÓ y hay humo', 'Humo negro quemado']) {
    made.push(await opens(ana, { serviceId: 'quema-basura', description }));
  }
  const found = async (q: string) => (await ana.call(api.listCases, { query: { q } })).cases.map(({ id }) => id);
  expect(await found('quemado humo')).toEqual([made[2]?.id, made[1]?.id]);
  expect(await found(made[0]?.folio.toLowerCase().replaceAll('-', ' ') ?? '')).toEqual([made[0]?.id]);
  const query = { serviceId: 'quema-basura', limit: 2 };
  const first = await ana.call(api.listCases, { query });
  const second = await ana.call(api.listCases, { query: { ...query, cursor: first.nextCursor ?? '' } });
  expect([...first.cases, ...second.cases].map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
  expect(second.nextCursor).toBeNull();
  expect(await ana.refused(api.listCases, { query: { cursor: 'e30' } })).toMatchObject({ code: 'invalid_cursor' });
});
