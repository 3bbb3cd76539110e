import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, beto, elena] = (await Promise.all(['ana', 'beto', 'elena'].map((name) => centre.operator(name)))) as [
    OperatorClient,
    OperatorClient,
    OperatorClient,
  ];
});
afterAll(() => centre?.stop());

const wordsOf = async (who: OperatorClient) => (await who.call(api.spelling)).added.map(({ word }) => word);
const add = (who: OperatorClient, word: string, scope: 'mine' | 'city') =>
  who.call(api.addWord, { body: { word, scope } });

test("names of the city's streets, colonias and people are known from the start", async () => {
  const { known, added } = await ana.call(api.spelling);
  expect(known).toEqual(expect.arrayContaining(['Veracruz', 'Xalapa']));
  expect(added).toEqual([]);
});

test("a word of one's own is nobody else's; adding it twice is adding it once", async () => {
  const first = await add(ana, 'jarochito', 'mine');
  expect(await add(ana, 'jarochito', 'mine')).toEqual(first);
  expect(await wordsOf(ana)).toEqual(['jarochito']);
  expect(await wordsOf(beto)).toEqual([]);
  expect((await beto.refused(api.removeWord, { params: { id: first.id } })).code).toBe('not_found');
  await ana.call(api.removeWord, { params: { id: first.id } });
  expect(await wordsOf(ana)).toEqual([]);
});

test("who supervises adds to everybody's, and it stands in the audit log", async () => {
  expect((await ana.refused(api.addWord, { body: { word: 'boqueño', scope: 'city' } })).code).toBe('forbidden');
  const { id } = await add(elena, 'boqueño', 'city');
  expect(await wordsOf(beto)).toEqual(['boqueño']);
  expect((await beto.refused(api.removeWord, { params: { id } })).code).toBe('forbidden');
  const fernando = await centre.operator('fernando');
  const { entries } = await fernando.call(api.listAudit, { query: {} });
  expect(entries.find(({ target }) => target === id)).toMatchObject({
    action: 'spelling_word.added',
    after: { word: 'boqueño' },
  });
  await elena.call(api.removeWord, { params: { id } });
});

test('what is no word is refused', async () => {
  for (const word of ['a', 'dos palabras', '12345', '<b>']) {
    expect((await ana.refused(api.addWord, { body: { word, scope: 'mine' } })).code).toBe('invalid_input');
  }
});
