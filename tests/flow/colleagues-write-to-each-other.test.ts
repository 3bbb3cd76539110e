import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { aContact, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, beto, elena] = await Promise.all([centre.operator('ana'), centre.operator('beto'), centre.operator('elena')]);
});
afterAll(() => centre?.stop());

const write = (from: OperatorClient, to: OperatorClient, text: string, ticketId?: string, id: string = randomUUID()) =>
  from.call(api.sendTeamMessage, { params: { id: to.id }, body: { id, text, ...(ticketId ? { ticketId } : {}) } });
const read = async (who: OperatorClient, other: OperatorClient, before?: number) =>
  who.call(api.readTeamChat, { params: { id: other.id }, query: before ? { before } : {} });

test('a supervisor writes to an operator, who is told at once; what was read says so', async () => {
  const written = await write(elena, ana, '  ¿Puedes con el de la fuga?  ');
  expect(written).toMatchObject({ fromId: elena.id, toId: ana.id, text: '¿Puedes con el de la fuga?', readAt: null });
  await until(() => ana.heard('team').some(({ withId }) => withId === elena.id), { what: 'Ana is told' });
  expect(beto.heard('team')).toEqual([]);
  expect(await ana.call(api.listTeamChats)).toMatchObject([{ withId: elena.id, unread: 1, last: { id: written.id } }]);

  await ana.call(api.markTeamChatRead, { params: { id: elena.id }, body: { upTo: written.number } });
  expect(await ana.call(api.listTeamChats)).toMatchObject([{ unread: 0 }]);
  await until(async () => (await read(elena, ana)).messages[0]?.readAt !== null, {
    what: 'Elena sees that it was read',
  });
});

test('what two say to each other is nobody else’s, and what is sent again is there once', async () => {
  const id = randomUUID();
  await Promise.all([1, 2, 3].map(() => write(ana, beto, 'Hola, Beto', undefined, id)));
  expect((await read(beto, ana)).messages.map(({ text }) => text)).toEqual(['Hola, Beto']);
  expect((await read(elena, ana)).messages.every(({ text }) => text !== 'Hola, Beto')).toBe(true);
  expect((await elena.call(api.listTeamChats)).map(({ withId }) => withId)).toEqual([ana.id]);
});

test('a long conversation is read page by page, in the order it was written', async () => {
  for (let number = 1; number <= 60; number++) await write(beto, elena, `Mensaje ${number}`);
  const last = await read(elena, beto);
  expect(last.messages.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, at) => `Mensaje ${at + 11}`));
  const first = await read(elena, beto, last.messages[0]?.number);
  expect(first).toMatchObject({ hasEarlier: false });
  expect(first.messages.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, at) => `Mensaje ${at + 1}`));
});

test('a contact goes along only if both may see it, and is left out for whoever may see it no longer', async () => {
  const { ticketId } = await aContact(centre);
  const { ticket } = await ana.open(ticketId);
  await ana.call(api.takeTicket, { params: { id: ticketId } });
  expect(await write(ana, beto, 'Mira este', ticketId)).toMatchObject({
    ticket: { id: ticketId, number: ticket.number },
  });
  expect((await read(beto, ana)).messages.at(-1)?.ticket?.id).toBe(ticketId);

  await centre.server.context.database.db
    .updateTable('ticket')
    .set({ protected: true })
    .where('id', '=', ticketId)
    .execute();
  expect((await read(beto, ana)).messages.at(-1)).toMatchObject({ text: 'Mira este', ticket: null });
  const body = { id: randomUUID(), text: 'Otra vez', ticketId };
  expect(await beto.refused(api.sendTeamMessage, { params: { id: ana.id }, body })).toMatchObject({ status: 404 });
});

test('nobody writes to themselves, to a department, or nothing at all', async () => {
  const gabriela = await centre.operator('gabriela');
  const body = { id: randomUUID(), text: 'Hola' };
  const refused = (who: OperatorClient, id: string, more = body) =>
    who.refused(api.sendTeamMessage, { params: { id }, body: more });
  expect(await refused(ana, ana.id)).toMatchObject({ code: 'not_found' });
  expect(await refused(ana, gabriela.id)).toMatchObject({ code: 'not_found' });
  expect(await refused(gabriela, ana.id)).toMatchObject({ status: 403 });
  expect(await refused(ana, beto.id, { ...body, text: '   ' })).toMatchObject({ status: 400 });
  expect(await refused(ana, beto.id, { ...body, text: 'a'.repeat(2_001) })).toMatchObject({ status: 413 });
});

test('a supervisor changes what somebody can do from the board; both are in the audit log', async () => {
  const queueIds = (await elena.call(api.board)).operators.find(({ operator }) => operator.id === beto.id)?.operator
    .queueIds;
  const changed = await elena.call(api.setOperatorQueues, {
    params: { id: beto.id },
    body: { queueIds: queueIds ?? [], skillIds: ['ingles'] },
  });
  expect(changed.skillIds).toEqual(['ingles']);
  const [entry] = await centre.server.context.database.db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'operator.queues_changed')
    .orderBy('at', 'desc')
    .execute();
  expect(entry).toMatchObject({ target: beto.id, after: { skillIds: ['ingles'] } });
});
