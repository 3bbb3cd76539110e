import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { callApi } from '../support/api-caller.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
});
afterAll(() => centre?.stop());

const WRONG = '00000000';
const secretOf = (caseId: string) => centre.server.context.cases.secrets.ofReporter(caseId);
const read = (folio: string, secret: string) => callApi(centre.url, api.readFolio, { body: { folio, secret } });
/** What is told, without what differs from one request to the next. */
const told = ({ status, body }: Awaited<ReturnType<typeof read>>) => {
  const { error } = body as { error?: { requestId?: string } };
  return { status, error: error && { ...error, requestId: null } };
};

test('its page tells how it goes, and nothing of who filed it', async () => {
  const { ticketId } = await aContact(centre);
  const { citizen } = await ana.open(ticketId);
  await ana.call(api.updateCitizen, {
    params: { id: citizen.id },
    body: { name: 'Rosa Pérez', phone: '+522291234567', email: 'rosa@example.org' },
  });
  const opened = await opens(ana, { ticketId, affected: { name: 'Doña Lupe', contact: '229 555 0000' } });
  const params = { id: opened.id };
  await ana.call(api.addCaseNote, { params, body: { clientId: crypto.randomUUID(), text: 'Nota de adentro' } });
  const { body, headers } = await read(opened.folio, secretOf(opened.id));
  expect(headers.get('cache-control')).toBe('no-store');
  expect(body).toMatchObject({
    folio: opened.folio,
    service: { es: 'Bache', en: expect.any(String) },
    department: 'Obras Públicas',
    where: expect.stringContaining('Calle Xalapa 1520'),
    story: [{ status: 'received', text: null }],
  });
  for (const hidden of ['Rosa', '229', 'rosa@', 'Lupe', 'adentro', 'Ana']) {
    expect(JSON.stringify(body)).not.toContain(hidden);
  }
});

test('a wrong secret, an unknown folio and a protected one are the same answer', async () => {
  const opened = await opens(ana);
  const hidden = await opens(ana, { serviceId: 'violencia-genero', place: null });
  const wrong = told(await read(opened.folio, WRONG));
  expect(wrong).toMatchObject({ status: 404, error: { code: 'case_not_found' } });
  expect(told(await read('VER-2026-900000', WRONG))).toEqual(wrong);
  expect(told(await read(hidden.folio, secretOf(hidden.id)))).toEqual(wrong);
  expect(told(await read(opened.folio, secretOf(hidden.id)))).toEqual(wrong);
});

test('after ten wrong tries a folio is silent for an hour, whether it exists or not', async () => {
  const opened = await opens(ana);
  const tryOut = async (folio: string) => {
    for (let tries = 0; tries < 10; tries += 1) expect((await read(folio, WRONG)).status).toBe(404);
    return read(folio, WRONG);
  };
  const known = await tryOut(opened.folio);
  expect(known.status).toBe(429);
  expect(Number(known.headers.get('retry-after'))).toBeGreaterThan(3_000);
  expect((await read(opened.folio, secretOf(opened.id))).status).toBe(429);
  expect((await tryOut('VER-2026-900001')).status).toBe(429);
  centre.clock.advance(3_601);
  expect((await read(opened.folio, secretOf(opened.id))).status).toBe(200);
});

test('a guess is in no log', async () => {
  centre.clock.advance(3_601);
  await read('VER-2026-900002', 'GHJKMNPQ');
  expect(centre.logs()).not.toContain('GHJKMNPQ');
});

test('«it is not solved»: a resident opens it again, with a new promise, and the console sees why', async () => {
  centre.clock.advance(3_601);
  const opened = await opens(ana);
  const key = { folio: opened.folio, secret: secretOf(opened.id) };
  const again = { body: { ...key, text: 'Sigue igual, mi nombre es Rosa' } };
  expect(await ana.refused(api.reopenFolio, again)).toMatchObject({ status: 409, code: 'wrong_case_step' });
  await ana.call(api.changeCaseStatus, { params: { id: opened.id }, body: { status: 'solved', version: 1 } });
  expect(await ana.call(api.readFolio, { body: key })).toMatchObject({ status: 'solved', mayReopen: true });

  const reopened = await ana.call(api.reopenFolio, again);
  expect(reopened).toMatchObject({ status: 'reopened', closedAt: null, mayReopen: false });
  expect(reopened.story.at(-1)).toMatchObject({ status: 'reopened', text: null });
  const { events } = await ana.call(api.openCase, { params: { id: opened.id } });
  expect(events.at(-1)).toMatchObject({
    type: 'reopened_by_citizen',
    actor: { type: 'citizen' },
    data: { text: 'Sigue igual, mi nombre es Rosa' },
  });
});
