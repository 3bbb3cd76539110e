import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { aCase, inTown, opens } from '../support/case-desk.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

const KEY = 'a-key-of-the-citys-app';
let centre: ContactCentre;
let fernando: OperatorClient;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { OPEN311_API_KEYS: `another-key-of-16,${KEY}` } });
  [fernando, ana] = [await centre.operator('fernando'), await centre.operator('ana')];
  await centre.server.context.content.settled();
});
afterAll(() => centre?.stop());

const size = {
  id: 'tamano',
  label: { es: '¿De qué tamaño es?', en: 'How big is it?' },
  kind: 'choice' as const,
  required: true,
  choices: [
    { id: 'chico', title: { es: 'Chico', en: 'Small' } },
    { id: 'grande', title: { es: 'Grande', en: 'Big' } },
  ],
};
const since = { id: 'desde', label: { es: '¿Desde cuándo está?', en: 'Since when?' }, kind: 'date' as const };

const latestOf = async (id: string) => {
  const [latest] = (await fernando.call(api.openService, { params: { id } })).versions;
  if (!latest) throw new Error('There is no such service');
  const { editedBy: _, at: __, fromFile: ___, ...content } = latest;
  return content;
};
async function changeService(id: string, change: object) {
  return fernando.call(api.saveService, { params: { id }, body: { ...(await latestOf(id)), ...change } });
}

const open311 = async (path: string, fields?: Record<string, string>) => {
  const init = fields && { method: 'POST', body: new URLSearchParams(fields) };
  const answer = await fetch(`${centre.url}/open311/v2${path}`, init);
  return { status: answer.status, body: JSON.parse(await answer.text()) };
};

describe('a service', () => {
  test('asks in the chat, from the commit on, what the console says, and keeps the answers with the case', async () => {
    await changeService('bache', { expected: 7, questions: [size, since] });
    const lupe = await centre.resident();
    await lupe.say('quiero reportar un bache');
    await lupe.reads('¿Dónde está?');
    await lupe.say([{ type: 'location', ...inTown }]);
    await lupe.reads('¿De qué tamaño es?');
    await lupe.say('grande');
    await lupe.reads('¿Desde cuándo está?');
    await lupe.say('desde el 3 de noviembre de 2026');
    await lupe.reads('¿Tienes una foto');
    await lupe.say('saltar');
    await lupe.reads('¿Nos dejas tu nombre');
    await lupe.say('seguir sin dar mis datos');
    const readBack = await lupe.reads('Esto es lo que voy a enviar');
    expect(JSON.stringify(readBack.parts)).toContain('¿De qué tamaño es? Grande');
    await lupe.say('sí, enviar');
    const filed = await lupe.reads('7 días hábiles');
    const folio = filed.parts.find((part) => part.type === 'folio');

    const { cases } = await fernando.call(api.listCases, { query: { q: folio?.folio ?? '' } });
    const detail = await fernando.call(api.openCase, { params: { id: cases[0]?.id ?? '' } });
    expect(detail.answers).toMatchObject([
      { questionId: 'tamano', value: 'grande', shown: { es: 'Grande' }, question: { es: '¿De qué tamaño es?' } },
      { questionId: 'desde', value: '2026-11-03' },
    ]);
    const key = { folio: folio?.folio ?? '', secret: folio?.secret ?? '' };
    expect((await ana.call(api.readFolio, { body: key })).answers).toHaveLength(2);
  });

  test('asks other programs the same, and takes no request without it', async () => {
    const { body } = await open311('/services.json');
    const shown = body.find((service: { service_code: string }) => service.service_code === 'bache');
    expect(shown).toMatchObject({ metadata: true, description: expect.stringContaining('7 días hábiles') });
    const definition = await open311('/services/bache.json');
    expect(definition.body.attributes).toMatchObject([
      {
        code: 'tamano',
        datatype: 'singlevaluelist',
        required: true,
        order: 1,
        values: [{ key: 'chico' }, { key: 'grande' }],
      },
      { code: 'desde', datatype: 'datetime', required: false, order: 2 },
    ]);
    const request = {
      api_key: KEY,
      service_code: 'bache',
      lat: String(inTown.latitude),
      long: String(inTown.longitude),
      description: 'Hay un bache',
    };
    expect(await open311('/requests.json', request)).toMatchObject({ status: 400 });
    expect(await open311('/requests.json', { ...request, 'attribute[tamano]': 'enorme' })).toMatchObject({
      status: 400,
    });
    const fitting = { ...request, 'attribute[tamano]': 'chico', 'attribute[desde]': '2026-11-03T00:00:00Z' };
    const sent = await open311('/requests.json', fitting);
    expect(sent.status).toBe(201);
    const [found] = (await fernando.call(api.listCases, { query: { q: sent.body[0].service_request_id } })).cases;
    const detail = await fernando.call(api.openCase, { params: { id: found?.id ?? '' } });
    expect(detail.answers.map(({ value }) => value)).toEqual(['chico', '2026-11-03']);
  });

  test('asks operators the same', async () => {
    expect(await ana.refused(api.createCase, { body: aCase({}) })).toMatchObject({
      status: 422,
      code: 'answer_required',
      message: 'Falta contestar: ¿De qué tamaño es?',
    });
    const opened = await opens(ana, { answers: [{ questionId: 'tamano', value: 'chico' }] });
    expect(opened).toMatchObject({ workingDays: 7, answers: [{ shown: { es: 'Chico' } }] });
  });

  test('that nobody can report any more goes from bot, console and Open311; its open cases stay', async () => {
    const before = await opens(ana, { serviceId: 'grafiti' });
    await changeService('grafiti', { active: false });
    expect(await ana.refused(api.createCase, { body: aCase({ serviceId: 'grafiti' }) })).toMatchObject({
      status: 400,
    });
    const { services } = await ana.call(api.consoleCity);
    expect(services.find(({ id }) => id === 'grafiti')).toMatchObject({ active: false, title: 'Grafiti o vandalismo' });
    const { body } = await open311('/services.json');
    expect(JSON.stringify(body)).not.toContain('grafiti');
    expect((await open311(`/requests/${before.folio}.json`)).status).toBe(200);
    const { desk } = centre.server.context;
    expect(desk.catalogue('es').some(({ id }) => id === 'grafiti')).toBe(false);
    expect(await fernando.call(api.openCase, { params: { id: before.id } })).toMatchObject({ status: 'received' });
  });

  test('that protects people is never taken away', async () => {
    const body = { ...(await latestOf('violencia-genero')), active: false };
    const params = { id: 'violencia-genero' };
    expect(await fernando.refused(api.saveService, { params, body })).toMatchObject({ code: 'protected_service' });
  });

  test('can be made, and is then reported as any other', async () => {
    const { version: _, ...bache } = await latestOf('bache');
    const content = {
      ...bache,
      id: 'tope',
      title: { es: 'Tope sin pintar', en: 'Unpainted speed bump' },
      questions: [],
    };
    await fernando.call(api.createService, { body: content });
    expect(await fernando.refused(api.createService, { body: content })).toMatchObject({ code: 'already_exists' });
    expect(await opens(ana, { serviceId: 'tope' })).toMatchObject({ service: 'Tope sin pintar' });
    expect((await open311('/services/tope.json')).status).toBe(200);
  });

  test('edited by two at once: the second is told who was quicker; what the file says comes back with one click', async () => {
    const stale = await latestOf('bache');
    await changeService('bache', { expected: 9 });
    const params = { id: 'bache' };
    expect(await fernando.refused(api.saveService, { params, body: { ...stale, expected: 3 } })).toMatchObject({
      status: 409,
      code: 'conflict',
      details: { editedBy: 'Fernando Sosa' },
    });
    const { version } = await latestOf('bache');
    const restored = await fernando.call(api.restoreService, { params, body: { version, restore: 0 } });
    expect(restored.versions[0]).toMatchObject({ fromFile: true, expected: 10, questions: [] });
    const { entries } = await fernando.call(api.listAudit);
    expect(entries.find(({ action }) => action === 'service.restored')).toMatchObject({
      target: 'bache',
      before: { expected: 9 },
      after: { expected: 10 },
    });
  });

  test('is for administrators to change, and fits the shape of the files', async () => {
    expect(await ana.refused(api.listServices)).toMatchObject({ status: 403 });
    const body = await latestOf('bache');
    const refused = (change: object) =>
      fernando.refused(api.saveService, { params: { id: 'bache' }, body: { ...body, ...change } });
    expect((await refused({ departmentId: 'no-hay' })).code).toBe('invalid_input');
    expect((await refused({ expected: 0 })).code).toBe('invalid_input');
    expect((await refused({ questions: [{ ...size, choices: [] }] })).code).toBe('invalid_input');
    expect((await refused({ questions: [size, size] })).code).toBe('invalid_input');
  });
});

describe('a department', () => {
  const params = { id: 'salud' };
  const department = async (id: string) => {
    const [latest] = (await fernando.call(api.openDepartment, { params: { id } })).versions;
    if (!latest) throw new Error('There is no such department');
    const { editedBy: _, at: __, fromFile: ___, ...content } = latest;
    return content;
  };

  test('that has work does not go before somebody takes it over', async () => {
    const open = await opens(ana, { serviceId: 'fumigacion' });
    const body = { ...(await department('salud')), active: false };
    expect(await fernando.refused(api.saveDepartment, { params, body })).toMatchObject({
      code: 'department_in_use',
      details: { cases: 1, services: 1 },
    });
    await fernando.call(api.saveDepartment, { params, body: { ...body, moveTo: 'proteccion-civil' } });
    const moved = await fernando.call(api.openCase, { params: { id: open.id } });
    expect(moved.departmentId).toBe('proteccion-civil');
    expect(moved.events.at(-1)).toMatchObject({ type: 'edited', actor: { name: 'Fernando Sosa' } });
    expect((await latestOf('fumigacion')).departmentId).toBe('proteccion-civil');
    const { allDepartments } = await ana.call(api.consoleCity);
    expect(allDepartments.find(({ id }) => id === 'salud')).toMatchObject({ active: false, title: 'Salud Municipal' });
  });

  test('can be made and named otherwise; whoever follows a folio reads its name', async () => {
    const plain = { email: 'bacheo@ciudad.example', contact: null, phone: '2291112233', place: null, hours: null };
    const body = { id: 'bacheo', title: 'Cuadrilla de bacheo', active: true, ...plain };
    await fernando.call(api.createDepartment, { body });
    await changeService('bache', { departmentId: 'bacheo' });
    expect(await opens(ana, {})).toMatchObject({ departmentId: 'bacheo' });
    expect((await ana.call(api.consoleCity)).departments).toContainEqual({
      id: 'bacheo',
      title: 'Cuadrilla de bacheo',
      address: 'bacheo@ciudad.example',
    });
  });
});

describe('a sentence', () => {
  const params = { key: 'bot.greeting' as const };
  const said = (es: string, en = 'Hello, I am {city}.') => ({ version: 0, text: { es, en } });

  test('is said so by the bot on every server', async () => {
    const south = await startContactCentre({ databaseUrl: centre.databaseUrl });
    await fernando.call(api.savePhrase, { params, body: said('¡Qué tal! Soy {city} y te ayudo.') });
    const lupe = await centre.resident();
    await lupe.say('hola');
    await lupe.reads('¡Qué tal! Soy Veracruz y te ayudo.');
    const elsewhere = () => south.server.context.desk.phrase('bot.greeting', 'es', { city: 'X' });
    await until(() => elsewhere() === '¡Qué tal! Soy X y te ayudo.', { what: 'the other server to look' });
    expect(south.server.context.city.services.find(({ id }) => id === 'tope')).toBeDefined();
    await south.stop();
  });

  test('keeps what is filled in, and fits where it is said', async () => {
    const refused = (es: string, en?: string) => fernando.refused(api.savePhrase, { params, body: said(es, en) });
    expect(await refused('Hola, soy {ciudad}.')).toMatchObject({
      code: 'phrase_variable_unknown',
      message: '«{ciudad}» no es un dato de esta frase. Los que hay: {city}.',
    });
    expect((await refused('Hola.')).code).toBe('phrase_variable_missing');
    expect((await refused(`{city} ${'a'.repeat(1_000)}`)).code).toBe('phrase_too_long');
    const button = {
      params: { key: 'report.send' as const },
      body: { version: 0, text: { es: 'x'.repeat(41), en: 'x' } },
    };
    expect((await fernando.refused(api.savePhrase, button)).code).toBe('phrase_too_long');
  });

  test('goes back to the original', async () => {
    const listed = async () => (await fernando.call(api.listPhrases)).find(({ key }) => key === 'bot.greeting');
    expect(await listed()).toMatchObject({ version: 1, fromFile: false, place: 'bot', variables: { es: ['city'] } });
    await fernando.call(api.restorePhrase, { params, body: { version: 1, restore: 0 } });
    const { original, text } = (await listed()) ?? {};
    expect(text).toEqual(original);
    expect(centre.server.context.desk.phrase('bot.greeting', 'es')).toContain('asistente virtual');
  });
});
