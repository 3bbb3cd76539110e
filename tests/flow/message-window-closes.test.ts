import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { aNumber } from '../support/memory-person.ts';
import { likeWhatsApp, type Network, plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600;

let centre: ContactCentre;
let whatsApp: Network;
let messenger: Network;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  whatsApp = await plugNetwork(centre, 'whatsapp');
  messenger = await plugNetwork(centre, 'messenger', { ...likeWhatsApp, parts: new Set(['text', 'media']) });
  elena = await centre.operator('elena');
});
afterAll(() => centre?.stop());

/** Somebody who has just written, and whose contact Elena has. */
async function aContact(network: Network) {
  const from = aNumber();
  const { ticketId, conversationId } = await network.writes(from, 'Buenas tardes');
  const id = ticketId ?? '';
  await elena.call(api.takeTicket, { params: { id } });
  await until(() => heard(network, from).length === 1, { what: 'Elena to be announced' });
  return { from, ticketId: id, conversationId };
}

const sendTemplate = (ticketId: string, id: string, variables: string[]) =>
  elena.call(api.sendMessage, {
    params: { id: ticketId },
    body: { clientId: randomUUID(), template: { id, variables } },
  });

/** What somebody got, the announcement of who helps them at first. */
const heard = (network: Network, from: string) =>
  network.channel.sent.filter(({ to }) => to === from).flatMap(({ message }) => message.parts);

async function becomes(message: Pick<Message, 'id' | 'ticketId'>, status: Message['status']): Promise<Message> {
  return until(
    async () => {
      const { messages } = await elena.open(message.ticketId ?? '');
      return messages.find(({ id, status: now }) => id === message.id && now === status);
    },
    { what: `the message to be ${status}` },
  );
}

test('the operator sees until when anything may be said; what the citizen says moves it', async () => {
  const { from, ticketId } = await aContact(whatsApp);
  const before = (await elena.open(ticketId)).messaging;
  expect(before?.account).toEqual({ id: 'whatsapp', name: 'Línea Veracruz', address: '+522291000100' });
  const left = (closesAt: string | null | undefined) =>
    (new Date(closesAt ?? 0).getTime() - centre.clock.now().getTime()) / 1_000;
  expect(left(before?.windowClosesAt)).toBeGreaterThan(24 * HOUR - 180);
  expect(left(before?.windowClosesAt)).toBeLessThanOrEqual(24 * HOUR - 120);
  expect(before?.templates.map(({ id }) => id)).toContain('retomar');
  expect(before?.templates.every((template) => !('contentSid' in template))).toBe(true);

  centre.clock.advance(5 * HOUR);
  await elena.say(ticketId, 'Seguimos en eso');
  expect((await elena.open(ticketId)).messaging?.windowClosesAt).toBe(before?.windowClosesAt);
  await whatsApp.writes(from, '¿Y luego?');
  expect(left((await elena.open(ticketId)).messaging?.windowClosesAt)).toBeGreaterThan(24 * HOUR - 180);
});

test('what reached us late was said when it was said: the window is that much shorter', async () => {
  const sentAt = new Date(centre.clock.now().getTime() - 23 * HOUR * 1_000);
  const { ticketId } = await whatsApp.writes(aNumber(), '¿Hay alguien?', { sentAt: sentAt.toISOString() });
  const { messaging } = await elena.open(ticketId ?? '');
  expect(messaging?.windowClosesAt).toBe(new Date(sentAt.getTime() + (24 * HOUR - 120) * 1_000).toISOString());
});

test('a provider whose clock is ten minutes off neither holds the window open nor changes the order', async () => {
  const { from, ticketId } = await aContact(whatsApp);
  const by = (minutes: number) => new Date(centre.clock.now().getTime() + minutes * 60_000).toISOString();
  await whatsApp.writes(from, 'con el reloj adelantado', { sentAt: by(10) });
  await whatsApp.writes(from, 'con el reloj atrasado', { sentAt: by(-10) });
  const { messages, messaging } = await elena.open(ticketId);
  const said = messages.filter(({ direction }) => direction === 'in').map(({ parts: [part] }) => part);
  expect(said.slice(-2)).toEqual([
    { type: 'text', text: 'con el reloj adelantado' },
    { type: 'text', text: 'con el reloj atrasado' },
  ]);
  expect(Date.parse(messaging?.windowClosesAt ?? '')).toBeLessThanOrEqual(Date.parse(by(24 * 60)));
});

test('after the window words are refused here, with what to do; a template leaves, filled in by the server', async () => {
  const { from, ticketId } = await aContact(whatsApp);
  centre.clock.advance(24 * HOUR - 60);
  const refusal = await elena.refused(api.sendMessage, {
    params: { id: ticketId },
    body: { clientId: randomUUID(), text: 'Ya quedó' },
  });
  expect(refusal).toMatchObject({ code: 'window_closed', status: 409 });
  expect(refusal.message).toBe(
    'Pasaron 24 horas desde su último mensaje: ya solo sale una plantilla. Cuando conteste podrás escribirle otra vez.',
  );

  const message = await sendTemplate(ticketId, 'retomar', ['Rosa', ' la fuga\nde agua ']);
  await becomes(message, 'sent');
  const expected = {
    type: 'template',
    templateId: 'retomar',
    variables: ['Rosa', 'la fuga de agua'],
    text: expect.stringMatching(/^Hola, Rosa\. Te escribimos .* lo que nos contaste sobre la fuga de agua\./),
  };
  expect(message.parts).toEqual([expected]);
  expect(heard(whatsApp, from).slice(1)).toEqual([expected]);

  await whatsApp.writes(from, 'Sí, dígame');
  await becomes(await elena.say(ticketId, 'Ya quedó'), 'sent');
});

test('a template that there is not, that lacks a value or comes with words beside it is refused', async () => {
  const { ticketId } = await aContact(whatsApp);
  const refused = async (body: object) =>
    (await elena.refused(api.sendMessage, { params: { id: ticketId }, body: { clientId: randomUUID(), ...body } }))
      .code;
  expect(await refused({ template: { id: 'otra', variables: [] } })).toBe('unknown_template');
  expect(await refused({ template: { id: 'retomar', variables: ['Rosa'] } })).toBe('wrong_variables');
  expect(await refused({ template: { id: 'retomar', variables: ['Rosa', ' \n '] } })).toBe('wrong_variables');
  expect(await refused({ template: { id: 'retomar', variables: ['Rosa', 'a'.repeat(1_000)] } })).toBe(
    'message_too_long',
  );
  expect(await refused({ template: { id: 'retomar', variables: ['Rosa', 'el bache'] }, text: 'Hola' })).toBe(
    'invalid_input',
  );

  const onMessenger = await aContact(messenger);
  const nowhere = await elena.refused(api.sendMessage, {
    params: { id: onMessenger.ticketId },
    body: { clientId: randomUUID(), template: { id: 'retomar', variables: ['Rosa', 'el bache'] } },
  });
  expect(nowhere.code).toBe('unknown_template');
});

test('what was said in time and could only leave too late fails, and may be tried again once they have written', async () => {
  const { from, ticketId } = await aContact(whatsApp);
  whatsApp.channel.answerWith({ outcome: 'throttled', retryAfterSeconds: 2 * HOUR });
  centre.clock.advance(23 * HOUR);
  const message = await elena.say(ticketId, 'Ya va la cuadrilla');
  await until(async () => {
    const account = await centre.server.context.database.db
      .selectFrom('channel_account')
      .select('paused_until')
      .where('id', '=', 'whatsapp')
      .executeTakeFirstOrThrow();
    return account.paused_until;
  });
  centre.clock.advance(3 * HOUR);
  const { failure } = await becomes(message, 'failed');
  expect(failure).toEqual({
    code: 'window_closed',
    permanent: false,
    reason:
      'Cuando iba a salir ya se había cerrado el plazo para escribirle. Manda una plantilla o espera a que escriba.',
  });
  expect((await elena.refused(api.retryMessage, { params: { id: message.id } })).code).toBe('window_closed');

  await whatsApp.writes(from, '¿Qué pasó?');
  await elena.call(api.retryMessage, { params: { id: message.id } });
  await becomes(message, 'sent');
  expect(heard(whatsApp, from).slice(1)).toEqual([{ type: 'text', text: 'Ya va la cuadrilla' }]);
});

test('news of a case goes by its template, in the reader’s language; where there is none it fails with the reason', async () => {
  const spanish = await aContact(whatsApp);
  const english = await aContact(whatsApp);
  const elsewhere = await aContact(messenger);
  await centre.server.context.database.db
    .updateTable('conversation')
    .set({ locale: 'en' })
    .where('id', '=', english.conversationId)
    .execute();
  const people = [spanish, english, elsewhere];
  const cases = await Promise.all(people.map(({ ticketId }) => opens(elena, { ticketId })));
  await until(() => people.every(({ from }, i) => heard(i < 2 ? whatsApp : messenger, from).length > 1), {
    what: 'each to be told of their case',
  });
  centre.clock.advance(25 * HOUR);
  for (const { id } of cases) {
    await elena.call(api.changeCaseStatus, { params: { id }, body: { status: 'in_progress', version: 1 } });
  }

  await until(() => heard(whatsApp, spanish.from).some(({ type }) => type === 'template'));
  expect(heard(whatsApp, spanish.from).at(-1)).toMatchObject({
    templateId: 'novedad-de-folio',
    variables: [cases[0]?.folio, 'en proceso'],
  });
  await until(() => heard(whatsApp, english.from).some(({ type }) => type === 'template'));
  expect(heard(whatsApp, english.from).at(-1)).toMatchObject({
    templateId: 'folio-news',
    variables: [cases[1]?.folio, 'in progress'],
  });
  const { failure } = await until(
    async () => (await elena.open(elsewhere.ticketId)).messages.find(({ status }) => status === 'failed'),
    { what: 'the news to fail on Messenger' },
  );
  expect(failure?.code).toBe('window_closed');
});

test('what the system would add after the window is not said: the end of a contact is no failure', async () => {
  const { ticketId, from } = await aContact(whatsApp);
  centre.clock.advance(26 * HOUR);
  await elena.close(ticketId);
  const { messages } = await elena.open(ticketId);
  expect(messages.filter(({ status }) => status === 'failed' || status === 'queued')).toEqual([]);
  expect(heard(whatsApp, from)).toHaveLength(1);
});
