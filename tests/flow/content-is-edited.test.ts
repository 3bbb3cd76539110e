import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { saveArticleSchema } from '../../server/contract/article.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let elena: OperatorClient;
let ana: OperatorClient;

const QUESTION = '¿Dónde puedo pagar el predial?';
const params = { id: 'predial-pago' };

beforeAll(async () => {
  centre = await startContactCentre();
  [elena, ana] = [await centre.operator('elena'), await centre.operator('ana')];
  await centre.server.context.content.settled();
});

afterAll(() => centre?.stop());

/** The article as it stands, changed. */
async function edited(change: Partial<z.input<typeof saveArticleSchema>>) {
  const [latest] = (await elena.call(api.openArticle, { params })).versions;
  if (!latest) throw new Error('There is no such article');
  const { editedBy: _, at: __, ...content } = latest;
  return { ...content, ...change };
}

const body = (es: string) => ({ es, en: `In English: ${es}` });

/** What the bot answers a newcomer. */
async function hears(text: string): Promise<void> {
  const lupe = await centre.resident();
  await lupe.say(QUESTION);
  await lupe.reads(text);
}

async function stateNow() {
  return (await ana.call(api.listArticles)).find(({ id }) => id === params.id);
}

test('the list has every topic of the catalogue, as the files have it', async () => {
  const articles = await ana.call(api.listArticles);
  expect(articles.map(({ id }) => id)).toEqual(centre.server.context.city.topics.map(({ id }) => id));
  expect(articles.every(({ version, editedBy }) => version === 0 && editedBy === null)).toBe(true);
});

test('what a supervisor writes is what the bot answers from then on', async () => {
  await hears('El predial se paga una vez al año');
  const saved = await elena.call(api.saveArticle, {
    params,
    body: await edited({ body: body('Ahora se paga en el kiosco azul.') }),
  });
  expect(saved.versions.map(({ version, editedBy }) => [version, editedBy])).toEqual([
    [1, 'Elena Mora'],
    [0, null],
  ]);
  await hears('kiosco azul');
  expect(await stateNow()).toMatchObject({ version: 1, editedBy: 'Elena Mora', state: 'current' });
});

test('another server, which is told by nobody, quotes it as well', async () => {
  const south = await startContactCentre({ databaseUrl: centre.databaseUrl });
  const quoted = () => south.server.context.desk.answer(params.id, 'es');
  expect(await quoted()).toBe('Ahora se paga en el kiosco azul.');
  await elena.call(api.saveArticle, { params, body: await edited({ body: body('Ahora en el kiosco rojo.') }) });
  await until(async () => (await quoted()) === 'Ahora en el kiosco rojo.', { what: 'the other server to look' });
  await south.stop();
});

test('of two who edit the same version the second is told, and nothing is lost', async () => {
  const stale = await edited({ body: body('Desde una pestaña vieja.') });
  await elena.call(api.saveArticle, { params, body: { ...stale, body: body('La primera en guardar.') } });
  expect(await elena.refused(api.saveArticle, { params, body: stale })).toMatchObject({
    status: 409,
    code: 'conflict',
    details: { editedBy: 'Elena Mora' },
  });
  const both = await Promise.allSettled(
    ['uno', 'dos'].map(async (text) =>
      elena.call(api.saveArticle, { params, body: await edited({ body: body(`Al mismo tiempo: ${text}`) }) }),
    ),
  );
  expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
  const { versions } = await ana.call(api.openArticle, { params });
  expect(versions.map(({ version }) => version)).toEqual(versions.map((_, i) => versions.length - 1 - i));
});

test('an earlier version comes back as a new one, and the log knows who did what', async () => {
  const { versions } = await elena.call(api.openArticle, { params });
  const version = versions[0]?.version ?? 0;
  const restored = await elena.call(api.restoreArticle, { params, body: { version, restore: 0 } });
  expect(restored.versions[0]?.version).toBe(version + 1);
  expect(restored.versions[0]?.body).toEqual(restored.versions.at(-1)?.body);
  await hears('El predial se paga una vez al año');
  const admin = await centre.operator('fernando');
  const [entry] = (await admin.call(api.listAudit)).entries.filter(({ action }) => action === 'article.updated');
  expect(entry).toMatchObject({ target: 'predial-pago', actor: { name: 'Elena Mora' } });
  expect(JSON.stringify(entry?.after)).toContain('El predial se paga una vez al año');
});

test('an article past its day is no longer quoted, and is listed as expired before anybody has to complain', async () => {
  const today = DateTime.now().setZone('America/Mexico_City');
  await elena.call(api.saveArticle, {
    params,
    body: await edited({ body: body('Vale hasta hoy.'), validUntil: today.toISODate() }),
  });
  expect((await stateNow())?.state).toBe('expiring');
  await hears('Vale hasta hoy');

  centre.clock.advance(26 * 3_600);
  expect((await stateNow())?.state).toBe('expired');
  const lupe = await centre.resident();
  await lupe.say(QUESTION);
  await lupe.isTold('handed_off');
  expect(JSON.stringify(lupe.messages)).not.toContain('Vale hasta hoy');
});

test('what makes no article is refused', async () => {
  const refused = (change: object) =>
    edited(change).then((content) => elena.refused(api.saveArticle, { params, body: content }));
  expect((await refused({ body: { es: ' ', en: 'Words' } })).code).toBe('empty_message');
  expect((await refused({ departmentId: 'no-hay-tal' })).code).toBe('invalid_input');
  expect((await refused({ validUntil: '2026-02-31' })).code).toBe('invalid_input');
  const { code } = await elena.refused(api.saveArticle, { params: { id: 'bache' }, body: await edited({}) });
  expect(code).toBe('not_found');
});
