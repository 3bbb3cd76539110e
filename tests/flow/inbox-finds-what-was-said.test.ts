import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketPage } from '../../server/contract/inbox.ts';
import { api } from '../../server/contract/routes.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
/** With the grant; Beto has none, Elena supervises. */
let ana: OperatorClient;
let beto: OperatorClient;
let elena: OperatorClient;
/** What is searched for, by ticket. */
const ids: Record<'pothole' | 'flood', string> = { pothole: '', flood: '' };
let folio = '';

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, beto, elena] = await Promise.all([centre.operator('ana'), centre.operator('beto'), centre.operator('elena')]);
  ids.pothole = await somebody('Hay unos baches enormes en la calle Xicoténcatl', {
    name: 'Íñigo Peñaloza',
    phone: '+522291234567',
    email: 'inigo@vecinos.example.org',
  });
  ids.flood = await somebody('Se inundó mi casa, llámenme al 55 8765 4321');
  ({ folio } = await opens(ana, { ticketId: ids.pothole }));
  await ana.note(ids.flood, 'Parece que el cárcamo falló');
  await centre.server.context.search.catchUp();
});
afterAll(() => centre?.stop());

async function somebody(words: string, known: { name?: string; phone?: string; email?: string } = {}) {
  const resident = await centre.resident();
  const { ticketId } = await resident.say(words);
  const id = ticketId ?? '';
  // Until the bot has heard it, nobody knows whether it is to be protected.
  await until(
    async () => {
      const { bot_seq } = await row(id);
      return bot_seq > 0;
    },
    { what: 'the bot to have heard it' },
  );
  if (Object.keys(known).length > 0) {
    const { citizen_id } = await row(id);
    await ana.call(api.updateCitizen, { params: { id: citizen_id }, body: known });
  }
  return id;
}
const row = (id: string) =>
  centre.server.context.database.db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

const search = (q: string, who = ana) => who.call(api.listTickets, { query: { q } });
const found = async (q: string, who = ana) => (await search(q, who)).tickets.map(({ id }) => id);

describe('a contact is found', () => {
  test.each([
    ['another form of the word', 'bache'],
    ['a verb by its stem', 'inundada', 'flood'],
    ['without accents', 'xicotencatl'],
    ['with accents where there are none', 'cásas', 'flood'],
    ['a word that is not finished', 'xicot'],
    ['several words, wherever they were said', 'calle enormes'],
    ['a name without its accents', 'inigo peñ'],
    ['a note of a colleague', 'carcamo', 'flood'],
    ['a telephone with spaces', '229 123 4567'],
    ['a telephone from abroad', '+52 1 229-123-4567'],
    ['the last digits of a telephone', '4567'],
    ['a telephone that was said', '5587654321', 'flood'],
    ['an e-mail', 'INIGO@vecinos.example.org'],
    ['the beginning of an e-mail', 'inigo@vec'],
  ] as const)('by %s', async (_, q, which: keyof typeof ids = 'pothole') => {
    expect(await found(q)).toEqual([ids[which]]);
  });

  test('by its number and its folio, in any form', async () => {
    const { number } = await row(ids.flood);
    expect(await found(`#${number}`)).toEqual([ids.flood]);
    expect(await found(folio)).toEqual([ids.pothole]);
    expect(await found(folio.toLowerCase().replace(/-0*/g, ' ').trim().split(' ').at(-1) ?? '')).toContain(ids.pothole);
  });

  test('not by words that nobody said, or said in different contacts', async () => {
    expect(await found('semáforo')).toEqual([]);
    expect(await found('bache cárcamo')).toEqual([]);
  });

  test('with the words around what was looked for', async () => {
    const { excerpts } = await search('enorme');
    expect(excerpts[ids.pothole]).toContainEqual({ text: 'enormes', hit: true });
    expect((await search('1234567')).excerpts[ids.pothole]).toEqual([{ text: '+522291234567', hit: true }]);
  });
});

test('who changes their name is found by the new one', async () => {
  const { citizen_id } = await row(ids.flood);
  await ana.call(api.updateCitizen, { params: { id: citizen_id }, body: { name: 'Úrsula Xochihua' } });
  await until(async () => (await found('xochihua')).length === 1, { what: 'the new name' });
});

test('the command bar finds people, folios and articles beside contacts', async () => {
  const byName = await ana.call(api.find, { query: { q: 'peñaloza' } });
  expect(byName.citizens).toMatchObject([{ name: 'Íñigo Peñaloza', ticketId: ids.pothole }]);
  expect(byName.tickets.map(({ id }) => id)).toEqual([ids.pothole]);
  expect((await ana.call(api.find, { query: { q: folio } })).cases).toMatchObject([{ folio }]);
  expect((await ana.call(api.find, { query: { q: 'predial' } })).articles.length).toBeGreaterThan(0);
});

describe('what is protected', () => {
  test('is not there for whoever may not see it, and keeps its words from those who may', async () => {
    const id = await somebody('Quisiera hablar de ornitorrincos', { name: 'Petronila Quetzal' });
    await until(async () => (await found('ornitorrincos', beto)).length === 1, { what: 'it to be found' });
    await centre.server.context.database.db
      .updateTable('ticket')
      .set({ protected: true })
      .where('id', '=', id)
      .execute();
    expect(await found('ornitorrincos', beto)).toEqual([]);
    await centre.server.context.search.catchUp();
    expect(await found('petronila', beto)).toEqual([]);
    expect((await beto.call(api.find, { query: { q: 'petronila' } })).citizens).toEqual([]);
    expect(await found('ornitorrincos', elena)).toEqual([]);
    expect(await found('petronila', elena)).toEqual([id]);
  });
});

describe('a list is narrowed', () => {
  const list = async (query: Record<string, string>, who = elena) =>
    (await who.call(api.listTickets, { query: query as never })).tickets.map(({ id }) => id);

  beforeAll(async () => {
    await elena.call(api.takeTicket, { params: { id: ids.flood } });
    await elena.close(ids.flood, 'canalizado');
    await centre.server.context.search.catchUp();
  });

  test('by one thing or several at once', async () => {
    expect(await list({ view: 'closed', disposition: 'canalizado' })).toEqual([ids.flood]);
    expect(await list({ view: 'closed', disposition: 'canalizado', channel: 'email' })).toEqual([]);
    expect(
      await list({ view: 'closed', disposition: 'canalizado,spam', channel: 'email,chat', operatorId: elena.id }),
    ).toEqual([ids.flood]);
    expect(await list({ hasCase: 'true' })).toEqual([ids.pothole]);
    expect(await list({ hasCase: 'true', q: 'bache', language: 'es' })).toEqual([ids.pothole]);
    expect(await list({ hasCase: 'true', to: '2020-01-01' })).toEqual([]);
  });

  test('and paged without a row twice or missing', async () => {
    const all = await list({ channel: 'chat' });
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: TicketPage = await elena.call(api.listTickets, {
        query: { channel: 'chat', limit: 1, ...(cursor ? { cursor } : {}) },
      });
      paged.push(...page.tickets.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all);
    expect(all.length).toBeGreaterThan(1);
  });
});

describe('a view that is kept', () => {
  test('is its maker’s alone until somebody who supervises shares it', async () => {
    const draft = { name: 'Con folio', filters: { view: 'all' as const, hasCase: true } };
    const own = await ana.call(api.createSavedView, { body: draft });
    expect(own).toMatchObject({ name: 'Con folio', mine: true, shared: false, count: 1 });
    expect((await beto.call(api.listSavedViews)).views).toEqual([]);
    expect((await ana.refused(api.createSavedView, { body: { ...draft, shared: true } })).code).toBe('forbidden');
    const shared = await elena.call(api.createSavedView, { body: { ...draft, name: 'Folios', shared: true } });
    expect((await ana.call(api.listSavedViews)).views.map(({ name }) => name)).toEqual(['Con folio', 'Folios']);
    expect((await beto.refused(api.deleteSavedView, { params: { id: shared.id } })).code).toBe('not_found');
    await ana.call(api.updateSavedView, { params: { id: own.id }, body: { ...draft, name: 'Míos' } });
    await ana.call(api.deleteSavedView, { params: { id: own.id } });
    expect((await ana.call(api.listSavedViews)).views.map(({ name }) => name)).toEqual(['Folios']);
  });
});
