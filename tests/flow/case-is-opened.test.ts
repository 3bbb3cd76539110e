import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { aCase, aContact, inTown, opens, outOfTown, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  ana = await centre.operator('ana');
});
afterAll(() => centre?.stop());

describe('an operator opens a case', () => {
  test('beside a conversation: its citizen reports it and is given folio and secret there', async () => {
    const { resident, ticketId } = await aContact(centre);
    const opened = await opens(ana, { ticketId });
    expect(opened).toMatchObject({
      folio: expect.stringMatching(/^VER-\d{4}-\d{6}$/),
      status: 'received',
      departmentId: 'obras-publicas',
      channel: 'chat',
      workingDays: 10,
      version: 1,
      tickets: [{ id: ticketId }],
      events: [{ type: 'opened', actor: { type: 'operator', name: 'Ana Ruiz' }, public: true }],
    });
    const told = await resident.reads('Tu reporte quedó registrado: Bache');
    const card = told.parts.find((part) => part.type === 'folio');
    expect(card).toMatchObject({ folio: opened.folio, title: 'Bache', status: 'received' });
    expect(card?.secret).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(card?.link).toContain(`/folio#${opened.folio}.${card?.secret?.replace('-', '')}`);

    const secret = card?.secret ?? '';
    const shown = await ana.call(api.readFolio, { body: { folio: opened.folio.toLowerCase(), secret } });
    expect(shown).toMatchObject({ folio: opened.folio, description: opened.description, mayReopen: false });
    expect((await ana.open(ticketId)).cases).toMatchObject([{ id: opened.id, folio: opened.folio }]);
  });

  test('once, however often the request comes', async () => {
    const draft = aCase();
    const [one, other] = await Promise.all([
      ana.call(api.createCase, { body: draft }),
      ana.call(api.createCase, { body: draft }),
    ]);
    expect(other.id).toBe(one.id);
    expect((await ana.call(api.createCase, { body: draft })).folio).toBe(one.folio);
  });

  test('not outside the municipality, unless somebody is to look at it; then it stays where it is', async () => {
    const place = { point: outOfTown, address: null, coloniaId: null, reference: null };
    expect(await ana.refused(api.createCase, { body: aCase({ place }) })).toMatchObject({
      status: 422,
      code: 'outside_city',
    });
    const kept = await opens(ana, { place, triage: true });
    expect(kept).toMatchObject({ departmentId: 'atencion-ciudadana', place: { point: outOfTown, triage: true } });
    const moved = await ana.call(api.editCase, {
      params: { id: kept.id },
      body: { version: kept.version, place: { point: inTown, address: null, coloniaId: null, reference: null } },
    });
    expect(moved).toMatchObject({ departmentId: 'obras-publicas', place: { point: inTown, triage: false } });
  });

  test('not without a place where the service needs one', async () => {
    expect(await ana.refused(api.createCase, { body: aCase({ place: null }) })).toMatchObject({
      status: 422,
      code: 'place_required',
    });
    expect(await opens(ana, { serviceId: 'sugerencia', place: null })).toMatchObject({ place: null });
  });

  test('of a service the city has, with files that are at hand', async () => {
    expect(await ana.refused(api.createCase, { body: aCase({ serviceId: 'no-hay' }) })).toMatchObject({ status: 400 });
    const attachmentIds = [randomUUID()];
    expect(await ana.refused(api.createCase, { body: aCase({ attachmentIds }) })).toMatchObject({ status: 404 });
  });
});

test('folios have no gaps, however many cases are opened at once', async () => {
  const before = Number((await opens(ana)).folio.slice(-6));
  const drafts = Array.from({ length: 50 }, (_, index) =>
    // Every tenth fails inside the transaction: it must leave no gap.
    aCase(index % 10 === 9 ? { attachmentIds: [randomUUID()] } : {}),
  );
  const results = await Promise.allSettled(drafts.map((body) => ana.call(api.createCase, { body })));
  const numbers = results
    .flatMap((result) => (result.status === 'fulfilled' ? [Number(result.value.folio.slice(-6))] : []))
    .sort((one, other) => one - other);
  expect(numbers).toEqual(Array.from({ length: 45 }, (_, index) => before + 1 + index));
});

test('reports nearby that may be the same are shown with enough to judge, and nothing of who filed them', async () => {
  const point = { latitude: 19.18, longitude: -96.13 };
  const at = (north: number) => ({
    point: { latitude: point.latitude + north / 111_320, longitude: point.longitude },
    address: 'Calle Lerdo 44, interior 2',
    coloniaId: null,
    reference: null,
  });
  const near = await opens(ana, { serviceId: 'luminaria', place: at(20) });
  const nearer = await opens(ana, { serviceId: 'luminaria', place: at(5) });
  await opens(ana, { serviceId: 'luminaria', place: at(90) });
  await opens(ana, { serviceId: 'bache', place: at(1) });
  const solved = await opens(ana, { serviceId: 'luminaria', place: at(2) });
  await ana.call(api.changeCaseStatus, { params: { id: solved.id }, body: { status: 'solved', version: 1 } });

  const { cases } = await ana.call(api.nearbyCases, { query: { serviceId: 'luminaria', ...point } });
  expect(cases.map(({ id }) => id)).toEqual([nearer.id, near.id]);
  expect(cases[0]).toMatchObject({ service: 'Luminaria apagada o dañada', metres: 5, status: 'received' });
  expect(cases[0]?.where).toMatch(/^Calle Lerdo(,|$)/);
  centre.clock.advance(61 * 24 * 3_600);
  expect((await ana.call(api.nearbyCases, { query: { serviceId: 'luminaria', ...point } })).cases).toEqual([]);
  centre.clock.advance(-61 * 24 * 3_600);
});
