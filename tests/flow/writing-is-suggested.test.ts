import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createBot } from '../../bots/index.ts';
import { createLanguageModel } from '../../bots/language-model/open-ai.ts';
import type { City } from '../../server/contract/city.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, type Contact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { type LanguageModelServer, startLanguageModelServer } from '../support/language-model-server.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let model: LanguageModelServer;
let ana: OperatorClient;
let elena: OperatorClient;

/** Ana holds one contact a test. */
const withRoom = (city: City): City => ({
  ...city,
  operators: city.operators.map((operator) => ({ ...operator, capacity: 12 })),
});

beforeAll(async () => {
  model = await startLanguageModelServer();
  const settings = { baseUrl: model.baseUrl, model: 'pequeño', timeoutMs: 2_500 };
  // People do the talking; what helps them is the bot's own judgement.
  const { hint, about } = createBot(createLanguageModel(settings, () => {}));
  centre = await startCaseCentre({
    change: withRoom,
    bot: {
      turn: async ({ state }) => ({ replies: [], state: state ?? { version: 1, data: {} } }),
      ...(hint ? { hint } : {}),
      ...(about ? { about } : {}),
    },
  });
  [ana, elena] = await Promise.all([centre.operator('ana'), centre.operator('elena')]);
  // What is learnt is learnt before anybody waits for it.
  await about?.('predial', centre.server.context.desk);
});
afterAll(async () => {
  await centre?.stop();
  await model?.stop();
});
beforeEach(() => {
  model.answer = () => '{}';
  model.asked.length = 0;
});

/** A contact that Ana holds. */
async function held(): Promise<Contact> {
  const contact = await aContact(centre);
  await ana.call(api.takeTicket, { params: { id: contact.ticketId } });
  return contact;
}
const suggested = ({ ticketId }: Contact, who = ana) => who.call(api.suggestions, { params: { id: ticketId } });
const answer = (ticketId: string, text: string, use: 'as_is' | 'edited' | 'ignored') =>
  ana.call(api.sendMessage, {
    params: { id: ticketId },
    body: { clientId: randomUUID(), text, suggestion: { kind: 'article', id: 'predial-pago', use } },
  });

test('a question brings its article, and once it is answered the reply goes', async () => {
  const contact = await held();
  const question = await contact.resident.say('¿cómo puedo pagar el predial?');
  const { articles, reply, seq } = await suggested(contact);
  expect(articles[0]).toMatchObject({ id: 'predial-pago', title: 'Pagar el predial', certainty: 'sure' });
  expect(reply).toMatchObject({ kind: 'article', id: 'predial-pago', model: null });
  expect(reply?.text).toContain('línea de captura');
  expect(seq).toBe(question.seq);

  await answer(contact.ticketId, reply?.text ?? '', 'as_is');
  expect(await suggested(contact)).toMatchObject({ articles: [{ id: 'predial-pago' }], reply: null });
});

test('English is answered in English', async () => {
  const contact = await held();
  await contact.resident.say('Hello, how can I pay my property tax please?');
  const { reply } = await suggested(contact);
  expect(reply?.text).toContain('Property tax is paid once a year');
});

test('who asks about a case of theirs gets how it stands', async () => {
  const contact = await held();
  const { folio } = await opens(ana, { ticketId: contact.ticketId });
  await contact.resident.say('¿ya van a arreglar el bache que reporté?');
  const { reply } = await suggested(contact);
  expect(reply).toMatchObject({ kind: 'case', id: folio });
  expect(reply?.text).toContain(folio);
});

test('a canned reply that says the same fits where no article does', async () => {
  const { id } = await elena.call(api.createCannedReply, {
    body: {
      shortcut: 'bache-datos',
      title: 'Hay un bache en la calle',
      body: 'Gracias por reportar el bache de tu calle, {{citizen.name}}. Soy {{operator.name}}.',
      queueId: null,
    },
  });
  const contact = await held();
  await contact.resident.say('quiero reportar un bache muy grande en mi calle');
  const { reply } = await suggested(contact);
  expect(reply).toMatchObject({ kind: 'canned', id });
  expect(reply?.text).toBe('Gracias por reportar el bache de tu calle. Soy Ana.');
});

test('nothing is suggested to who may be in danger', async () => {
  const contact = await held();
  await contact.resident.say('mi esposo me está golpeando, ayuda por favor');
  expect(await suggested(contact)).toMatchObject({ articles: [], reply: null });
});

test('a language model shortens an article, held to what it says, and never hears of what is protected', async () => {
  model.answer = ({ messages }) => {
    const { sentences } = JSON.parse(messages.at(-1)?.content ?? '') as { sentences: string[] };
    const from = sentences.findIndex((sentence) => sentence.includes('En caja'));
    return JSON.stringify({ sentences: [{ from, text: sentences[from] }] });
  };
  const contact = await held();
  await contact.resident.say('¿dónde pago el predial en efectivo?');
  const { reply } = await suggested(contact);
  expect(reply).toMatchObject({ kind: 'article', model: 'pequeño' });
  expect(reply?.text).toContain('En caja');
  expect(reply?.text).not.toContain('En línea');

  const { db } = centre.server.context.database;
  await db.updateTable('ticket').set({ protected: true }).where('id', '=', contact.ticketId).execute();
  model.asked.length = 0;
  const withGrant = await suggested(contact);
  expect(withGrant.reply).toMatchObject({ kind: 'article', model: null });
  expect(model.asked).toEqual([]);
});

test('what became of suggestions is counted, without a word of them', async () => {
  const before = await elena.call(api.suggestionFigures);
  const { ticketId } = await held();
  await answer(ticketId, 'Con gusto', 'ignored');
  await answer(ticketId, 'El predial se paga una vez al año', 'edited');
  expect(await elena.call(api.suggestionFigures)).toEqual({
    ...before,
    shown: before.shown + 2,
    edited: before.edited + 1,
  });
  expect((await ana.refused(api.suggestionFigures)).code).toBe('forbidden');
});
