import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import type { DataImport, ImportKind } from '../../server/contract/data-import.ts';
import { fileRoutes } from '../../server/contract/endpoints.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let fernando: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
  fernando = await centre.operator('fernando');
});
afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;

async function uploads(kind: ImportKind, content: string | Buffer, name = 'padron.csv', by = fernando) {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name);
  const answer = await fetch(`${centre.url}${fileRoutes.importUpload}?kind=${kind}`, {
    method: 'POST',
    headers: { cookie: by.cookie },
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as DataImport & { error?: { code: string } } };
}

const becomes = (id: string, state: DataImport['state']) =>
  until(
    async () => {
      const entry = await fernando.call(api.openImport, { params: { id } });
      return entry.state === state ? entry : null;
    },
    { what: `the import to be ${state}`, timeout: 60_000 },
  );

async function checked({ id, mapping }: DataImport, source = 'SIRC') {
  await fernando.call(api.checkImport, { params: { id }, body: { mapping, source } });
  return becomes(id, 'checked');
}
async function imported(entry: DataImport) {
  await fernando.call(api.startImport, { params: { id: entry.id } });
  return becomes(entry.id, 'done');
}
async function howMany(table: 'citizen' | 'service_case'): Promise<number> {
  const { count } = await db()
    .selectFrom(table)
    .select((column) => column.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const PEOPLE = `Clave;Nombre completo;Teléfono celular;Correo electrónico;CURP
A-1;María Peña;229 123 4501;maria@example.org;
A-2;José Núñez;(229) 123-4502;;
A-3;"Luz, la de la esquina";2291234503;no es correo;
A-4;;2291234504;;
A-1;María otra vez;2291234505;;
A-5;Rosa Gil;123;;HEGG560427MVZRRL05
`;

describe('a file of people', { timeout: 240_000 }, () => {
  test('is understood as spreadsheets save it, tried without changing anything, brought in once, and taken out', async () => {
    const known = await aContact(centre);
    const { id: citizenId } = (await ana.open(known.ticketId)).citizen;
    await ana.call(api.updateCitizen, {
      params: { id: citizenId },
      body: { name: 'Jose Nuñez', phone: '+522291234502' },
    });
    const before = await howMany('citizen');
    // As Excel in Mexico saves it: Windows-1252 and semicolons.
    const { body: entry } = await uploads('citizens', Buffer.from(PEOPLE, 'latin1'));
    expect(entry).toMatchObject({ state: 'uploaded', encoding: 'windows-1252', rows: 6 });
    expect(entry.mapping).toEqual(['externalId', 'name', 'phone', 'email', 'curp']);
    expect(entry.columns[1]).toMatchObject({
      name: 'Nombre completo',
      samples: expect.arrayContaining(['José Núñez']),
    });

    const tried = await checked(entry);
    expect(tried.counts).toEqual({ new: 1, merged: 1, duplicate: 0, invalid: 4 });
    expect(tried.problems).toEqual(
      expect.arrayContaining([
        { code: 'bad_email', column: 'Correo electrónico', count: 1, firstLine: 4 },
        { code: 'missing', column: 'Nombre completo', count: 1, firstLine: 5 },
        { code: 'twice_in_file', column: null, count: 1, firstLine: 6 },
        { code: 'bad_phone', column: 'Teléfono celular', count: 1, firstLine: 7 },
        { code: 'bad_curp', column: 'CURP', count: 1, firstLine: 7 },
      ]),
    );
    expect(await howMany('citizen')).toBe(before);
    const rejected = await fetch(`${centre.url}${fileRoutes.importRejected(entry.id)}`, {
      headers: { cookie: fernando.cookie },
    });
    const csv = await rejected.text();
    expect(csv).toContain('7,Teléfono celular: no es un teléfono; CURP: no es una CURP válida,A-5,Rosa Gil');
    expect(csv).toContain('"Luz, la de la esquina"');

    const done = await imported(entry);
    expect(done.counts).toEqual(tried.counts);
    expect(await howMany('citizen')).toBe(before + 1);
    const [maria] = await fernando.call(api.findDataSubjects, { query: { q: '229 123 45 01' } });
    expect(maria).toMatchObject({ name: 'María Peña', phone: '+522291234501', email: 'maria@example.org' });
    expect((await ana.open(known.ticketId)).citizen.name, 'what was known is not overwritten').toBe('Jose Nuñez');

    const { body: again } = await uploads('citizens', Buffer.from(PEOPLE, 'latin1'));
    expect((await imported(await checked(again))).counts).toMatchObject({ new: 0, merged: 0, duplicate: 2 });
    expect(await howMany('citizen')).toBe(before + 1);

    await fernando.call(api.undoImport, { params: { id: entry.id } });
    await becomes(entry.id, 'undone');
    expect(await howMany('citizen')).toBe(before);
    const actions = (await fernando.call(api.listAudit)).entries.map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['import.uploaded', 'import.started', 'import.done', 'import.undone']),
    );
  });

  test('that is none, is too long or leaves out what is needed is refused with a sentence', async () => {
    expect(await uploads('citizens', 'hola')).toMatchObject({
      status: 422,
      body: { error: { code: 'import_unreadable' } },
    });
    expect(await uploads('citizens', 'PK\u0003\u0004 no es un libro')).toMatchObject({ status: 422 });
    const long = `Clave,Nombre\n${'1,x\n'.repeat(50_001)}`;
    expect(await uploads('citizens', long)).toMatchObject({
      status: 413,
      body: { error: { code: 'import_too_long' } },
    });
    expect(await uploads('citizens', PEOPLE, 'padron.csv', ana)).toMatchObject({ status: 403 });
    const { body } = await uploads('citizens', 'Algo,Otra cosa\n1,2\n');
    const input = { params: { id: body.id }, body: { mapping: body.mapping, source: 'SIRC' } };
    expect(await fernando.refused(api.checkImport, input)).toMatchObject({ code: 'import_column_missing' });
  });
});

describe('a workbook of cases', { timeout: 240_000 }, () => {
  test('keeps its folios beside ours, finds services, places and people, and is not undone once worked on', async () => {
    const head = [
      'Folio',
      'Servicio',
      'Estatus',
      'Descripción',
      'Fecha de reporte',
      'Fecha de cierre',
      'Latitud',
      'Longitud',
      'Nombre del ciudadano',
      'Teléfono',
    ];
    const rows = [
      [
        'SIRC-77',
        'bache',
        'Resuelto',
        'Bache frente al mercado',
        '09/03/2026',
        '20 de marzo de 2026',
        '19.19',
        '-96.138',
        'Lola Ríos',
        '2291234601',
      ],
      [
        'SIRC-78',
        'bache',
        'En proceso',
        'Otro bache',
        '2026-03-10 14:05',
        '',
        '19.191',
        '-96.139',
        'Lola Ríos',
        '2291234601',
      ],
      ['SIRC-79', 'platillos voladores', 'Nuevo', 'Ovni', '09/03/2026', '', '', '', '', ''],
      ['SIRC-80', 'bache', 'Nuevo', 'En el mar', '31/02/2026', '', '19.4', '-95.5', '', ''],
    ];
    const workbook = await writeExcelFile([head, ...rows].map((row) => row.map((value) => ({ value })))).toBuffer();
    const { body: entry } = await uploads('cases', workbook, 'sirc.xlsx');
    expect(entry.mapping).toEqual([
      ...['externalId', 'service', 'status', 'description', 'openedAt', 'closedAt', 'latitude', 'longitude'],
      ...['citizenName', 'citizenPhone'],
    ]);
    const tried = await checked(entry);
    expect(tried.counts).toMatchObject({ new: 2, invalid: 2 });
    expect(tried.problems.map(({ code }) => code).sort()).toEqual(['bad_date', 'outside_city', 'unknown_service']);
    const before = await howMany('service_case');
    await imported(entry);
    expect(await howMany('service_case')).toBe(before + 2);

    const { cases } = await ana.call(api.listCases, { query: { q: 'SIRC-77', state: 'all' } });
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({ folio: expect.stringMatching(/^VER-/), status: 'solved', serviceId: 'bache' });
    const { cases: open } = await ana.call(api.listCases, { query: { q: 'SIRC-78', state: 'open' } });
    const [lola] = await fernando.call(api.findDataSubjects, { query: { q: '2291234601' } });
    expect(lola).toMatchObject({ name: 'Lola Ríos', cases: 2 });

    const detail = await ana.call(api.openCase, { params: { id: open[0]?.id ?? '' } });
    await ana.call(api.changeCaseStatus, {
      params: { id: detail.id },
      body: { status: 'solved', version: detail.version },
    });
    expect(await fernando.refused(api.undoImport, { params: { id: entry.id } })).toMatchObject({
      code: 'import_built_upon',
    });
  });
});
