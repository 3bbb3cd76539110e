import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { OutboundMessage, Receipt } from '../../server/contract/channel.ts';
import type { Message, Part } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { lockContact } from '../../server/conversations/lock-contact.ts';
import { startReconciler } from '../../server/jobs/reconciler.ts';
import { startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { aNumber, text } from '../support/memory-person.ts';
import { likeWhatsApp, type Network, plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let whatsApp: Network;
let sms: Network;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  whatsApp = await plugNetwork(centre, 'whatsapp');
  sms = await plugNetwork(centre, 'sms', { ...likeWhatsApp, windowHours: null, parts: new Set(['text']) });
  elena = await centre.operator('elena');
});
afterEach(async () => {
  // No test waits for the pause of another.
  centre.clock.advance(600);
});
afterAll(() => centre?.stop());

const photo: Part = {
  type: 'media',
  attachmentId: randomUUID(),
  name: 'cuadrilla.jpg',
  mimeType: 'image/jpeg',
  size: 1_024,
};
const place: Part = { type: 'location', latitude: 19.2, longitude: -96.13, label: 'Zócalo' };
const menu: Part = {
  type: 'choices',
  options: [
    { id: 'yes', title: 'Sí' },
    { id: 'no', title: 'No' },
  ],
};

/** The city says something to whoever wrote this. */
async function tell({ ticketId }: Receipt, parts: Part[]): Promise<Message> {
  const { context } = centre.server;
  const author = { type: 'bot', id: null, name: null } as const;
  const [message] = await context.unitOfWork(async (unit) => {
    const { conversation, ticket } = await lockContact(unit, ticketId ?? '');
    return context.say(unit, conversation, ticket, [{ author, parts, externalId: randomUUID() }]);
  });
  return message as Message;
}

const rowOf = ({ id }: Pick<Message, 'id'>) =>
  centre.server.context.database.db
    .selectFrom('message')
    .select(['status', 'failure'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const becomes = (message: Message, status: Message['status']) =>
  until(async () => (await rowOf(message)).status === status, { what: `the message to be ${status}` });

const taken = ({ channel }: Network, { id }: Message): Part[][] =>
  channel.sent.filter(({ message }) => message.id === id).map(({ message }) => message.parts);

/** The next send of which this is true is taken, but its answer is lost. */
function loseAnswer({ channel }: Network, when: (message: OutboundMessage) => boolean): void {
  const { send } = channel;
  channel.send = async (message) => {
    const result = await send.call(channel, message);
    if (!when(message)) return result;
    channel.send = send;
    throw new Error('ETIMEDOUT');
  };
}

test('words with their choices, a file and a place are messages of their own, in their order', async () => {
  const rosa = await whatsApp.writes(aNumber(), 'Buenas tardes');
  const said = await tell(rosa, [...text('Ya llegó la cuadrilla.'), photo, place, ...text('¿Es ahí?'), menu]);
  await becomes(said, 'sent');
  expect(taken(whatsApp, said)).toEqual([
    text('Ya llegó la cuadrilla.'),
    [photo],
    [place],
    [...text('¿Es ahí?'), menu],
  ]);
});

test('what the channel cannot carry is said in words, with a menu of numbers', async () => {
  const rosa = await sms.writes(aNumber(), 'Buenas tardes');
  const said = await tell(rosa, [...text('¿Es ahí?'), menu]);
  await becomes(said, 'sent');
  expect(taken(sms, said)).toEqual([text('¿Es ahí?\n\n1. Sí\n2. No\n\nResponde con el número de tu opción.')]);
});

test('whoever dies between the provider’s yes and our note of it sends that piece again, and no other', async () => {
  const rosa = await whatsApp.writes(aNumber(), 'Buenas tardes');
  loseAnswer(whatsApp, ({ idempotencyKey }) => idempotencyKey.endsWith('/1'));
  const said = await tell(rosa, [...text('Uno'), photo, ...text('Tres')]);
  await becomes(said, 'sent');
  expect(taken(whatsApp, said)).toEqual([text('Uno'), [photo], [photo], text('Tres')]);
});

test('words to one person leave in their order, whoever has to wait', async () => {
  const rosa = await sms.writes(aNumber(), 'Buenas tardes');
  sms.channel.answerWith(new Error('ECONNRESET'));
  const said = [];
  for (const words of ['Uno', 'Dos', 'Tres']) said.push(await tell(rosa, text(words)));
  for (const message of said) await becomes(message, 'sent');
  const ids = said.map(({ id }) => id);
  expect(sms.channel.sent.map(({ message }) => message.id).filter((id) => ids.includes(id))).toEqual(ids);
});

test('one that failed holds up nobody', async () => {
  const rosa = await sms.writes(aNumber(), 'Buenas tardes');
  sms.channel.answerWith({ outcome: 'rejected', permanent: true, reason: 'El número no existe.', providerCode: '1' });
  const [first, second] = [await tell(rosa, text('Uno')), await tell(rosa, text('Dos'))];
  await becomes(first, 'failed');
  await becomes(second, 'sent');
});

test('a provider that asks for a pause is left alone with all of its account, while other accounts go on', async () => {
  const [rosa, lupe] = [await whatsApp.writes(aNumber(), 'Hola'), await whatsApp.writes(aNumber(), 'Hola')];
  const pablo = await sms.writes(aNumber(), 'Hola');
  whatsApp.channel.answerWith({ outcome: 'throttled', retryAfterSeconds: 60 });
  const first = await tell(rosa, text('A Rosa'));
  const health = async () => (await elena.call(api.listChannelAccounts)).accounts.find(({ id }) => id === 'whatsapp');
  await until(async () => (await health())?.pausedUntil);
  const [second, elsewhere] = [await tell(lupe, text('A Lupe')), await tell(pablo, text('A Pablo'))];
  await becomes(elsewhere, 'sent');
  expect([(await rowOf(first)).status, (await rowOf(second)).status]).toEqual(['queued', 'queued']);
  expect(await health()).toMatchObject({ waiting: 2, channel: 'whatsapp', provider: 'meta' });

  centre.clock.advance(120);
  await becomes(first, 'sent');
  await becomes(second, 'sent');
  expect(await health()).toMatchObject({ waiting: 0, pausedUntil: null });
});

test('a provider that does not answer is left alone, so that other accounts do not wait with it', async () => {
  const people = await Promise.all(['Ana', 'Rosa', 'Lupe'].map(() => whatsApp.writes(aNumber(), 'Hola')));
  whatsApp.channel.answerWith(...people.map(() => new Error('ETIMEDOUT')));
  const said = await Promise.all(people.map((one) => tell(one, text('Buenas tardes'))));
  await until(async () => {
    const { accounts } = await elena.call(api.listChannelAccounts);
    return accounts.find(({ id }) => id === 'whatsapp')?.pausedUntil;
  });
  centre.clock.advance(60);
  for (const message of said) await becomes(message, 'sent');
  for (const message of said) expect(taken(whatsApp, message)).toHaveLength(1);
});

test('a report that comes before the provider’s answer is not lost', async () => {
  const rosa = await whatsApp.writes(aNumber(), 'Buenas tardes');
  const { channel } = whatsApp;
  const { send } = channel;
  channel.send = async (message) => {
    channel.send = send;
    const providerMessageId = `memory-${message.idempotencyKey}`;
    await whatsApp.reports({ providerMessageId, status: 'read' });
    await whatsApp.reports({ providerMessageId, status: 'delivered' });
    return send.call(channel, message);
  };
  await becomes(await tell(rosa, text('¿Ya llegaste?')), 'read');
});

test('reports about messages that are not ours harm nobody: they are counted, and forgotten after a day', async () => {
  const { db } = centre.server.context.database;
  const unknown = Array.from({ length: 20 }, () => `wamid.${randomUUID()}`);
  await Promise.all(unknown.map((providerMessageId) => whatsApp.reports({ providerMessageId, status: 'delivered' })));
  const metrics = await (await fetch(`${centre.url}/metrics`)).text();
  expect(metrics).toMatch(/^delivery_reports_about_nothing_known 20$/m);

  centre.clock.advance(24 * 3_600 + 60);
  const reconciler = startReconciler(centre.server.context);
  await reconciler.stop();
  await reconciler.reconcile();
  expect(await db.selectFrom('early_report').select('id').execute()).toEqual([]);
});

test('a piece that the provider gives up later makes the message fail, with what arrived; a retry sends that piece', async () => {
  const rosa = await whatsApp.writes(aNumber(), 'Buenas tardes');
  await elena.call(api.takeTicket, { params: { id: rosa.ticketId ?? '' } });
  const said = await tell(rosa, [...text('Mira:'), photo]);
  await becomes(said, 'sent');
  const failure = { code: '131053', reason: 'WhatsApp no pudo abrir la foto.', permanent: false };
  await whatsApp.reports({ providerMessageId: `memory-${said.id}/0`, status: 'delivered' });
  await whatsApp.reports({ providerMessageId: `memory-${said.id}/1`, status: 'failed', failure });
  const reason = 'Salieron 1 de sus 2 partes; las demás no. WhatsApp no pudo abrir la foto.';
  expect(await rowOf(said)).toEqual({ status: 'failed', failure: { ...failure, reason } });
  const { accounts } = await elena.call(api.listChannelAccounts);
  expect(accounts.find(({ id }) => id === 'whatsapp')).toMatchObject({
    failedToday: 1,
    lastFailure: { code: '131053', reason },
  });

  await elena.call(api.retryMessage, { params: { id: said.id } });
  await becomes(said, 'sent');
  expect(taken(whatsApp, said)).toEqual([text('Mira:'), [photo], [photo]]);
});
