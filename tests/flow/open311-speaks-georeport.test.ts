import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { inTown, opens, outOfTown, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

const KEY = 'a-key-of-the-citys-app';
let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre({ settings: { OPEN311_API_KEYS: `another-key-of-16,${KEY}` } });
  ana = await centre.operator('ana');
});
afterAll(() => centre?.stop());

const ask = async (path: string, init?: RequestInit) => {
  const answer = await fetch(`${centre.url}/open311/v2${path}`, init);
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, text, body: type.includes('json') ? JSON.parse(text) : null };
};
const post = (fields: Record<string, string>, path = '/requests.json') =>
  ask(path, { method: 'POST', body: new URLSearchParams(fields) });

const pothole = {
  api_key: KEY,
  service_code: 'bache',
  lat: String(inTown.latitude + 0.000012),
  long: String(inTown.longitude),
  address_string: 'Calle Xalapa 1520, interior 3',
  description: 'Hay un bache, me llamo Rosa Pérez y mi teléfono es 229 123 4567',
  first_name: 'Rosa',
  last_name: 'Pérez',
  email: 'rosa@example.org',
  phone: '+522291234567',
};

describe('services', () => {
  test('are those that anybody may report, in JSON and XML', async () => {
    const { body } = await ask('/services.json');
    const codes = body.map((service: { service_code: string }) => service.service_code);
    expect(codes).toContain('bache');
    expect(codes).not.toContain('violencia-genero');
    expect(codes).not.toContain('queja-servidor');
    const xml = await ask('/services.xml');
    expect(xml.type).toBe('application/xml; charset=utf-8');
    expect(xml.text).toContain('<service><service_code>bache</service_code><service_name>Bache</service_name>');
    expect((await ask('/services/bache.json')).body).toEqual({ service_code: 'bache', attributes: [] });
    expect(await ask('/services/violencia-genero.json')).toMatchObject({ status: 404, body: [{ code: 404 }] });
    expect((await ask('/discovery.json')).body.endpoints[0].url).toMatch(/\/open311\/v2$/);
  });
});

describe('a request', () => {
  test('makes the round trip, and what is read by anybody holds nothing of who made it', async () => {
    const made = await post(pothole);
    expect(made).toMatchObject({ status: 201, body: [{ service_request_id: expect.stringMatching(/^VER-/) }] });
    const folio = made.body[0].service_request_id;
    const secret = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(made.body[0].service_notice)?.[0] ?? '';
    expect(await ana.call(api.readFolio, { body: { folio, secret } })).toMatchObject({ folio, status: 'received' });

    const { cases } = await ana.call(api.listCases, { query: { q: folio } });
    const detail = await ana.call(api.openCase, { params: { id: cases[0]?.id ?? '' } });
    expect(detail).toMatchObject({
      citizen: { name: 'Rosa Pérez', email: 'rosa@example.org', phone: '+522291234567' },
      description: pothole.description,
    });

    const read = await ask(`/requests/${folio}.json`);
    expect(read.body).toMatchObject([
      { service_request_id: folio, status: 'open', service_code: 'bache', description: null, lat: 19.19 },
    ]);
    expect(read.body[0].address).toMatch(/^Calle Xalapa(,|$)/);
    for (const private_ of ['Rosa', '4567', 'rosa@', '1520', 'interior']) expect(read.text).not.toContain(private_);

    await ana.call(api.changeCaseStatus, { params: { id: detail.id }, body: { status: 'solved', version: 1 } });
    const xml = await ask(`/requests/${folio}.xml`);
    expect(xml.text).toContain(`<service_requests><request><service_request_id>${folio}</service_request_id>`);
    expect(xml.text).toContain('<status>closed</status>');
  });

  test('is refused as the standard words it', async () => {
    const { api_key: _, ...anonymous } = pothole;
    expect(await post(anonymous)).toMatchObject({ status: 403, body: [{ code: 403 }] });
    expect(await post({ ...pothole, api_key: 'guessed' })).toMatchObject({ status: 403 });
    expect(await post({ ...pothole, service_code: 'violencia-genero' })).toMatchObject({ status: 404 });
    expect(await post({ ...pothole, lat: 'north' })).toMatchObject({
      status: 400,
      body: [{ description: expect.stringContaining('lat') }],
    });
    const abroad = { lat: String(outOfTown.latitude), long: String(outOfTown.longitude) };
    expect(await post({ ...pothole, ...abroad })).toMatchObject({ status: 400 });
    const { lat: _lat, long: _long, address_string: _address, ...nowhere } = pothole;
    const xml = await post(nowhere, '/requests.xml');
    expect(xml.text).toContain('<errors><error><code>400</code><description>lat and long, or address_string');
  });
});

describe('a search', () => {
  test('takes ids, codes, status, dates and pages; of protected and restricted reports there is nothing', async () => {
    const { body: before } = await ask('/requests.json?page_size=500');
    await opens(ana, { serviceId: 'violencia-genero', place: null });
    await opens(ana, { serviceId: 'queja-servidor', place: null });
    const lamp = await opens(ana, { serviceId: 'luminaria' });
    const { body: after } = await ask('/requests.json?page_size=500');
    expect(after).toHaveLength(before.length + 1);
    const ids = async (query: string) =>
      (await ask(`/requests.json?${query}`)).body.map((one: { service_request_id: string }) => one.service_request_id);
    expect(await ids('service_code=luminaria,grafiti&status=open')).toEqual([lamp.folio]);
    expect(await ids('service_code=luminaria&status=closed')).toEqual([]);
    expect(await ids(`service_request_id=${lamp.folio},VER-2026-999999`)).toEqual([lamp.folio]);
    expect(await ids('end_date=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await ids('page_size=1')).toEqual([lamp.folio]);
    expect(await ids('page_size=1&page=2')).not.toEqual([lamp.folio]);
    expect(await ask('/requests.json?page_size=501')).toMatchObject({ status: 400 });
    expect(await ask('/requests.json?status=pending')).toMatchObject({ status: 400 });
    centre.clock.advance(91 * 24 * 3_600);
    expect(await ids('')).toEqual([]);
    centre.clock.advance(-91 * 24 * 3_600);
  });
});
