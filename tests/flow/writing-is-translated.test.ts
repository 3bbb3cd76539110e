import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { City } from '../../server/contract/city.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, type Contact, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { type LanguageModelServer, startLanguageModelServer } from '../support/language-model-server.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let model: LanguageModelServer;
let ana: OperatorClient;

/** Ana holds one contact a test. */
const withRoom = (city: City): City => ({
  ...city,
  operators: city.operators.map((operator) => ({ ...operator, capacity: 12 })),
});

beforeAll(async () => {
  model = await startLanguageModelServer();
  centre = await startCaseCentre({ settings: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'pequeño' }, change: withRoom });
  ana = await centre.operator('ana');
});
afterAll(async () => {
  await centre?.stop();
  await model?.stop();
});

/** «Hi» becomes «[es] Hi»: what a real model would say is not what is tried here. */
beforeEach(() => {
  model.mood = 'well';
  model.asked.length = 0;
  model.answer = ({ messages }) => {
    const { to, texts } = JSON.parse(messages.at(-1)?.content ?? '') as { to: string; texts: string[] };
    return JSON.stringify({ language: to === 'es' ? 'fr' : 'es', texts: texts.map((text) => `[${to}] ${text}`) });
  };
});

/** A contact that Ana holds, of somebody who writes French. */
async function held(): Promise<Contact & { messageId: string }> {
  const contact = await aContact(centre);
  await ana.call(api.takeTicket, { params: { id: contact.ticketId } });
  const { id } = await contact.resident.say('Bonjour, je cherche le musée pour ma famille, merci');
  return { ...contact, messageId: id };
}
const read = (ticketId: string) => ana.call(api.conversationTranslations, { params: { id: ticketId } });
const asking = (ticketId: string, ...messageIds: string[]) => ({ params: { id: ticketId }, body: { messageIds } });

test('messages are translated once, and stay as they came', async () => {
  const { ticketId, messageId } = await held();
  expect(await read(ticketId)).toEqual({ may: 'yes', language: 'fr', translations: [] });
  const translated = await ana.call(api.translateMessages, asking(ticketId, messageId));
  const translation = { messageId, language: 'fr', origin: 'machine', text: expect.stringContaining('[es] Bonjour') };
  expect(translated.translations).toEqual([translation]);
  await ana.call(api.translateMessages, asking(ticketId, messageId));
  expect(model.asked).toHaveLength(1);
  expect((await read(ticketId)).translations).toEqual([translation]);
  const { messages } = await ana.open(ticketId);
  expect(messages.at(-1)?.parts).toEqual([{ type: 'text', text: expect.stringMatching(/^Bonjour/) }]);
});

test('what is said in a voice note is translated with it', async () => {
  const { ticketId, messageId } = await held();
  const { db } = centre.server.context.database;
  const part = {
    type: 'media',
    attachmentId: randomUUID(),
    name: 'nota.ogg',
    mimeType: 'audio/ogg',
    size: 9,
    look: 'voice',
    transcript: 'Où est la mairie ?',
  };
  await db
    .updateTable('message')
    .set({ parts: JSON.stringify([part]) as never })
    .where('id', '=', messageId)
    .execute();
  const { translations } = await ana.call(api.translateMessages, asking(ticketId, messageId));
  expect(translations[0]?.text).toBe('[es] Où est la mairie ?');
});

test('a reply is read over in both languages before it leaves, and both are kept', async () => {
  const { ticketId } = await held();
  const params = { id: ticketId };
  const { text } = await ana.call(api.translateReply, { params, body: { text: 'Está en el centro', language: 'fr' } });
  expect(text).toBe('[fr] Está en el centro');
  const clientId = randomUUID();
  const body = { clientId, text: 'Il est au centre', written: { text: 'Está en el centro', language: 'fr' } };
  const message = await ana.call(api.sendMessage, { params, body });
  expect(await ana.call(api.sendMessage, { params, body })).toEqual(message);
  expect((await read(ticketId)).translations).toEqual([
    { messageId: message.id, language: 'fr', text: 'Está en el centro', origin: 'written' },
  ]);
  const said = (await ana.open(ticketId)).messages.at(-1);
  expect(said?.parts).toEqual([{ type: 'text', text: 'Il est au centre' }]);
});

test.each(['broken', 'cut'] as const)(
  'a translator that is away (%s) is said plainly, and nothing changes',
  async (mood) => {
    const { ticketId, messageId } = await held();
    model.mood = mood;
    const refused = await ana.refused(api.translateMessages, asking(ticketId, messageId));
    expect(refused).toMatchObject({ code: 'translation_failed', status: 502 });
    expect((await read(ticketId)).translations).toEqual([]);
  },
);

test('an answer that leaves texts out is none', async () => {
  model.answer = () => JSON.stringify({ language: 'fr', texts: [] });
  const { ticketId, messageId } = await held();
  expect((await ana.refused(api.translateMessages, asking(ticketId, messageId))).code).toBe('translation_failed');
});

test('what is protected is not told to a model, and whom a contact is hidden from learns nothing of it', async () => {
  const { ticketId, messageId } = await held();
  const { db } = centre.server.context.database;
  await db.updateTable('ticket').set({ protected: true }).where('id', '=', ticketId).execute();
  expect((await read(ticketId)).may).toBe('protected');
  expect((await ana.refused(api.translateMessages, asking(ticketId, messageId))).code).toBe('translation_protected');
  const reply = { params: { id: ticketId }, body: { text: 'Hola', language: 'fr' } };
  expect((await ana.refused(api.translateReply, reply)).code).toBe('translation_protected');
  expect(model.asked).toEqual([]);
  const beto = await centre.operator('beto');
  expect((await beto.refused(api.conversationTranslations, { params: { id: ticketId } })).code).toBe('not_found');
});
