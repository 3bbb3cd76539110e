import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseDetail } from '../../server/contract/case.ts';
import { fileRoutes } from '../../server/contract/endpoints.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
/** With the grant: Ana, and Gabriela of the institute. Without: Beto, Fernando, and Hugo of public works. */
let ana: OperatorClient;
let beto: OperatorClient;
let fernando: OperatorClient;
let gabriela: OperatorClient;
let hugo: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, beto, fernando, gabriela, hugo] = (await Promise.all(
    ['ana', 'beto', 'fernando', 'gabriela', 'hugo'].map((name) => centre.operator(name)),
  )) as [OperatorClient, OperatorClient, OperatorClient, OperatorClient, OperatorClient];
});
afterAll(() => centre?.stop());

const hidden = { status: 404, code: 'not_found' };

describe('somebody of a department', () => {
  test('sees and works the cases of their department, and no others, nor any contact', async () => {
    const { ticketId } = await aContact(centre);
    const theirs = await opens(ana, { ticketId });
    const others = await opens(ana, { serviceId: 'luminaria' });
    const { cases } = await hugo.call(api.listCases, { query: { state: 'all' } });
    expect(cases.map(({ id }) => id)).toContain(theirs.id);
    expect(cases.every(({ departmentId }) => departmentId === 'obras-publicas')).toBe(true);
    await until(() => hugo.heard('case').some(({ id }) => id === theirs.id), { what: 'Hugo to hear of it' });
    expect(hugo.heard('case').some(({ id }) => id === others.id)).toBe(false);

    const params = { id: others.id };
    expect(await hugo.refused(api.openCase, { params })).toMatchObject(hidden);
    expect(await hugo.refused(api.editCase, { params, body: { version: 1, priority: 0 } })).toMatchObject(hidden);
    const step = { status: 'assigned' as const, version: 1 };
    expect(await hugo.refused(api.changeCaseStatus, { params, body: step })).toMatchObject(hidden);
    const text = { clientId: randomUUID(), text: 'hola' };
    expect(await hugo.refused(api.addCaseNote, { params, body: text })).toMatchObject(hidden);
    expect(await hugo.refused(api.addCaseUpdate, { params, body: text })).toMatchObject(hidden);
    expect(await hugo.refused(api.followCaseFor, { params: { id: theirs.id }, body: { ticketId } })).toMatchObject(
      hidden,
    );
    expect(await hugo.refused(api.openTicket, { params: { id: ticketId } })).toMatchObject({ status: 403 });
    expect(await hugo.socket.emitWithAck('watch', { ticketId })).toMatchObject({ ok: false });
    expect(hugo.heard('ticket')).toEqual([]);
    expect(hugo.heard('presence')).toEqual([]);

    expect(await hugo.call(api.changeCaseStatus, { params: { id: theirs.id }, body: step })).toMatchObject({
      status: 'assigned',
    });
    const away = { version: 2, departmentId: 'alumbrado' };
    expect(await hugo.call(api.editCase, { params: { id: theirs.id }, body: away })).toMatchObject({
      departmentId: 'alumbrado',
    });
    expect(await hugo.refused(api.openCase, { params: { id: theirs.id } })).toMatchObject(hidden);
    await until(() => hugo.heard('case.gone').some(({ caseId }) => caseId === theirs.id), {
      what: 'it to go from his screen',
    });
  });
});

describe('a protected case', () => {
  const draft = { serviceId: 'violencia-genero', place: null, description: 'CANARIO me golpea' };
  const safeContact = { channel: 'none' as const, address: null, hours: null, name: 'Lupita', voicemail: false };

  const isAbsentFor = async (person: OperatorClient, { id, folio }: CaseDetail) => {
    const all = { state: 'all' as const };
    const seen = [
      await person.call(api.listCases, { query: all }),
      await person.call(api.listCases, { query: { ...all, q: folio } }),
      await person.call(api.listCases, { query: { ...all, q: 'canario' } }),
      await person.call(api.caseBoard, { query: all }),
      await person.call(api.caseMap, { query: all }),
      person.heard('case'),
    ];
    for (const shown of seen) {
      expect(JSON.stringify(shown)).not.toContain('CANARIO');
      expect(JSON.stringify(shown)).not.toContain(id);
    }
    expect(await person.refused(api.openCase, { params: { id } })).toMatchObject(hidden);
  };

  test('exists only for those with the grant, whose reading is on record', async () => {
    const opened = await opens(ana, { ...draft, safeContact });
    expect(opened).toMatchObject({ protected: true, departmentId: 'instituto-mujeres', safeContact });
    await isAbsentFor(beto, opened);
    await isAbsentFor(fernando, opened);
    await isAbsentFor(hugo, opened);

    const { cases } = await gabriela.call(api.listCases, { query: {} });
    expect(cases).toMatchObject([{ id: opened.id, description: '', place: null }]);
    expect((await gabriela.call(api.listCases, { query: { q: 'canario' } })).cases).toEqual([]);
    expect((await ana.call(api.listCases, { query: { q: opened.folio } })).cases).toHaveLength(1);
    await gabriela.call(api.openCase, { params: { id: opened.id } });
    const { events, version } = await gabriela.call(api.openCase, { params: { id: opened.id } });
    expect(events.filter(({ type }) => type === 'read').map(({ actor }) => actor.name)).toEqual([
      'Gabriela Ríos',
      'Gabriela Ríos',
    ]);
    expect(version).toBe(opened.version);
    const { entries } = await fernando.call(api.listAudit, { query: {} });
    expect(entries.filter(({ action }) => action === 'case.read')).toMatchObject([
      { target: opened.id, actor: { name: 'Gabriela Ríos' } },
      { target: opened.id },
    ]);
    expect(centre.logs()).not.toContain('CANARIO');
  });

  test('is never written about, unless they said that this chat is safe; then without a word of what it is', async () => {
    const silent = await aContact(centre);
    const one = await opens(ana, { ...draft, ticketId: silent.ticketId, safeContact });
    const safe = await aContact(centre);
    const other = await opens(ana, {
      ...draft,
      ticketId: safe.ticketId,
      safeContact: { ...safeContact, channel: 'this_chat' },
    });
    // What was said in the contact is as protected as the case.
    await ana.open(silent.ticketId);
    expect(await beto.refused(api.openTicket, { params: { id: silent.ticketId } })).toMatchObject(hidden);
    for (const { id } of [one, other]) {
      await gabriela.call(api.changeCaseStatus, {
        params: { id },
        body: { status: 'in_progress', version: 1, update: 'Vamos al refugio' },
      });
    }
    const told = await safe.resident.reads('Hay una novedad');
    expect(told.author).toMatchObject({ name: 'Línea Veracruz' });
    const page = await silent.resident.sync();
    for (const said of [...page.messages, ...safe.resident.messages].map(words).join('\n').split('\n')) {
      expect(said).not.toMatch(/violencia|mujeres|refugio|VER-/i);
    }
    expect(page.messages.some(({ author }) => author.type === 'department')).toBe(false);
  });

  test('stays protected whatever service it is given later, and nobody follows it', async () => {
    const opened = await opens(ana, draft);
    const edited = await ana.call(api.editCase, {
      params: { id: opened.id },
      body: { version: 1, serviceId: 'sugerencia' },
    });
    expect(edited.protected).toBe(true);
    await isAbsentFor(beto, edited);
    const { ticketId } = await aContact(centre);
    expect(await ana.refused(api.followCaseFor, { params: { id: opened.id }, body: { ticketId } })).toMatchObject({
      code: 'wrong_state',
    });
  });

  test('that was taken for something else goes from the screens of those without the grant', async () => {
    const opened = await opens(ana, { serviceId: 'alerta-vecinal', description: 'CANARIO la persigue' });
    await until(() => beto.heard('case').some(({ id }) => id === opened.id), { what: 'Beto to hear of it' });
    await ana.call(api.editCase, { params: { id: opened.id }, body: { version: 1, serviceId: 'violencia-genero' } });
    await until(() => beto.heard('case.gone').some(({ caseId }) => caseId === opened.id), { what: 'it to go' });
    expect(await beto.refused(api.openCase, { params: { id: opened.id } })).toMatchObject(hidden);
  });
});

test('photos: those of the conversation and one’s own, seen by whoever sees the case', async () => {
  const { resident, ticketId } = await aContact(centre);
  const photo = await resident.upload('bache.txt', 'una foto');
  await resident.say([{ type: 'media', attachmentId: photo.id }]);
  const opened = await opens(ana, { ticketId, attachmentIds: [photo.id] });
  expect(opened).toMatchObject({ photos: 1, attachments: [{ id: photo.id, name: 'bache.txt' }] });
  const form = new FormData();
  form.set('file', new Blob(['otra foto']), 'otra.txt');
  const upload = await fetch(`${centre.url}${fileRoutes.upload}`, {
    method: 'POST',
    headers: { cookie: hugo.cookie },
    body: form,
  });
  const own = (await upload.json()) as { id: string };
  const params = { id: opened.id };
  const add = { version: opened.version, addAttachmentIds: [own.id] };
  expect(await ana.refused(api.editCase, { params, body: add })).toMatchObject(hidden);
  expect(await hugo.call(api.editCase, { params, body: add })).toMatchObject({ photos: 2 });

  const status = async (id: string, { cookie }: OperatorClient) =>
    (await fetch(`${centre.url}${fileRoutes.download(id)}`, { headers: { cookie } })).status;
  expect(await status(photo.id, hugo)).toBe(200);
  expect(await status(own.id, beto)).toBe(200);
  expect(await status(photo.id, gabriela)).toBe(404);
});
