import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, elena] = await Promise.all([centre.operator('ana'), centre.operator('elena')]);
});
afterAll(() => centre?.stop());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const page = (id: string, who = ana) => who.call(api.citizenPage, { params: { id } });
const warn = (id: string, body: object, who = ana) =>
  who.call(api.addWarning, { params: { id }, body: { kind: 'safety', text: 'Puede ser agresivo', ...body } as never });

/** Somebody with one open contact. */
async function somebody() {
  const contact = await aContact(centre);
  return { ...contact, id: (await ana.open(contact.ticketId)).citizen.id };
}

test('one answer has the person, what they filed, what was noted and every contact', async () => {
  const { id, ticketId } = await somebody();
  await ana.note(ticketId, 'Prefiere que le llamen por la tarde');
  const { folio } = await opens(ana, { ticketId });
  await ana.call(api.updateCitizen, { params: { id }, body: { preferredChannel: 'sms', locale: 'en' } });
  const shown = await page(id);
  expect(shown.citizen).toMatchObject({ id, preferredChannel: 'sms', locale: 'en' });
  expect(shown.cases.map((each) => each.folio)).toEqual([folio]);
  expect(shown.notes).toMatchObject([{ ticketId, text: 'Prefiere que le llamen por la tarde' }]);
  expect(shown.contacts).toMatchObject([{ id: ticketId, mayOpen: true }]);
  expect(shown.next).toBeNull();
});

test('contacts come a page at a time, the newest first, and none twice', async () => {
  const { id, resident, ticketId } = await somebody();
  const made = [ticketId];
  for (const text of ['Otra cosa', 'Y otra más']) {
    await elena.call(api.takeTicket, { params: { id: made.at(-1) ?? '' } });
    await elena.close(made.at(-1) ?? '');
    made.push((await resident.say(text)).ticketId ?? '');
  }
  const list = (query: object) => ana.call(api.listCitizenContacts, { params: { id }, query });
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, before: first.next ?? 0 });
  expect([...first.contacts, ...second.contacts].map((each) => each.id)).toEqual(made.toReversed());
  expect(second.next).toBeNull();
});

test('a warning is seen by whoever is asked and whoever answers, until its time and not after', async () => {
  const { id, ticketId } = await somebody();
  const { id: warningId } = await warn(id, { until: inHours(1) });
  expect((await ana.open(ticketId)).warnings).toMatchObject([{ id: warningId, text: 'Puede ser agresivo' }]);
  expect((await page(id)).warnings).toHaveLength(1);

  await ana.call(api.saveWarning, {
    params: { id: warningId },
    body: { kind: 'contact', text: 'Avisar a su hija', until: new Date(Date.now() + 1_500).toISOString() },
  });
  expect((await page(id)).warnings).toMatchObject([{ kind: 'contact', text: 'Avisar a su hija' }]);
  await until(async () => (await page(id)).warnings.length === 0 || null, { what: 'the warning to be gone' });
  expect((await ana.open(ticketId)).warnings).toEqual([]);
});

test('an offer brings what to know of the person', async () => {
  const { id, ticketId } = await somebody();
  await warn(id, { until: inHours(1) });
  await ana.available();
  await elena.call(api.transferTicket, { params: { id: ticketId }, body: { operatorId: ana.id } });
  const offer = await until(async () => ana.heard('offer').find((each) => each.ticket.id === ticketId) ?? null, {
    what: 'the offer',
  });
  expect(offer.warnings).toMatchObject([{ text: 'Puede ser agresivo' }]);
  await ana.away();
});

test('warnings say until when, for a year at most, and are on record', async () => {
  const { id } = await somebody();
  for (const until of [inHours(-1), inHours(400 * 24)]) {
    const refusal = await ana.refused(api.addWarning, { params: { id }, body: { kind: 'other', text: 'x', until } });
    expect(refusal.code).toBe('invalid_input');
  }
  const { id: warningId } = await warn(id, { until: inHours(2) });
  await ana.call(api.removeWarning, { params: { id: warningId } });
  expect((await page(id)).warnings).toEqual([]);
  const admin = await centre.operator('fernando');
  const { entries } = await admin.call(api.listAudit, { query: { limit: 20 } });
  const ofThis = entries.filter(({ target }) => target === id).map(({ action }) => action);
  expect(ofThis).toEqual(['warning.removed', 'warning.added']);
});

test('a protected warning is for people with the grant alone', async () => {
  const { id } = await somebody();
  const body = { kind: 'contact' as const, text: 'No llamar: contesta el agresor', until: inHours(1), protected: true };
  const beto = await centre.operator('beto');
  expect((await beto.refused(api.addWarning, { params: { id }, body })).code).toBe('grant_required');
  const { id: warningId } = await warn(id, body, elena);
  expect((await page(id, beto)).warnings).toEqual([]);
  expect((await page(id)).warnings).toMatchObject([{ id: warningId, protected: true }]);
  expect((await beto.refused(api.removeWarning, { params: { id: warningId } })).code).toBe('not_found');
});

test('what was said of somebody is known of who they turned out to be, and goes with them when they are parted', async () => {
  const [kept, other] = [await somebody(), await somebody()];
  await warn(other.id, { until: inHours(1) });
  const merge = await ana.call(api.mergeCitizens, { params: { id: kept.id }, body: { otherId: other.id } });
  expect((await page(kept.id)).warnings).toHaveLength(1);
  expect((await page(other.id)).citizen.id).toBe(kept.id);
  await ana.call(api.undoMerge, { params: { id: merge.id } });
  expect((await page(kept.id)).warnings).toEqual([]);
  expect((await page(other.id)).warnings).toHaveLength(1);
});
