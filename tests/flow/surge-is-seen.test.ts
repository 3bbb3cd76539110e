import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoardAlert } from '../../server/contract/board.ts';
import type { Bot } from '../../server/contract/bot.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, type Contact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
let elena: OperatorClient;
let neighbours: Contact[];

/** Takes a text for a question about the property tax, where it is one; these stories are of people, not of understanding. */
const listener: Bot = {
  turn: async ({ state, messages }) => ({
    replies: [],
    state: state ?? { version: 1, data: {} },
    ...(messages.some((message) => words(message).includes('predial'))
      ? { understood: { id: 'predial-pago', confidence: 1, certainty: 'sure' } }
      : {}),
  }),
};

beforeAll(async () => {
  centre = await startCaseCentre({ bot: listener });
  elena = await centre.operator('elena');
  neighbours = await Promise.all(Array.from({ length: 6 }, () => aContact(centre)));
});

afterAll(() => centre?.stop());

type SurgeAlert = Extract<BoardAlert, { kind: 'surge' }>;

/** Looked at a few times a minute. */
const surgeShows = (what: string, isSo: (alert: SurgeAlert) => boolean): Promise<SurgeAlert> =>
  until(
    async () => {
      const { alerts } = await elena.call(api.board);
      return alerts.find((alert): alert is SurgeAlert => alert.kind === 'surge' && isSo(alert)) ?? null;
    },
    { what, timeout: 40_000 },
  );

/** A leak a few metres further than the one before. */
const leak = (index: number, ticketId: string) =>
  opens(elena, {
    clientId: randomUUID(),
    ticketId,
    serviceId: 'fuga-agua',
    description: 'Sale mucha agua de la calle',
    place: {
      point: { latitude: 19.188 + index / 10_000, longitude: -96.13 },
      address: null,
      coloniaId: null,
      reference: null,
    },
  });

test('a burst main shows before the tenth report: the topic, the place and its points', async () => {
  for (const [index, { ticketId }] of neighbours.slice(0, 5).entries()) await leak(index, ticketId);
  const { surge, ...alert } = await surgeShows('the surge', () => true);
  expect(alert).toMatchObject({ severity: 'alarm', ring: true, incidentId: null });
  expect(surge).toMatchObject({ topicId: 'fuga-agua', count: 5, reportable: true });
  expect(surge.coloniaIds).toHaveLength(1);
  expect(surge.place).toBeTruthy();
  expect(surge.points).toHaveLength(5);
});

test('an incident is made of it: who reported it is told by one notice, and the alarm is quiet', async () => {
  const { surge } = await surgeShows('the surge', () => true);
  const { topicId, coloniaIds, since } = surge;
  const body = { title: 'Fuga en la calle Xalapa', topicId, coloniaIds, since };
  const incident = await elena.call(api.openIncident, { body });
  expect(incident).toMatchObject({ state: 'open', cases: 5, contacts: 5, people: 5, place: surge.place });
  const quiet = await surgeShows('the surge in hand', ({ incidentId }) => incidentId === incident.id);
  expect(quiet).toMatchObject({ severity: 'warning', ring: false });

  // The sixth neighbour only asks about it.
  const sixth = neighbours[5]?.ticketId ?? '';
  const linked = await elena.call(api.linkToIncident, { params: { id: incident.id }, body: { ticketId: sixth } });
  expect(linked).toMatchObject({ contacts: 6, people: 6 });
  const again = await elena.call(api.linkToIncident, { params: { id: incident.id }, body: { ticketId: sixth } });
  expect(again).toMatchObject({ contacts: 6, people: 6 });
  const notice = { caseId: incident.caseId, text: 'Ya cerramos la válvula; el agua vuelve hoy en la tarde.' };
  expect(await elena.call(api.previewBroadcast, { body: notice })).toMatchObject({ recipients: 6 });

  const late = await aContact(centre);
  const report = await leak(7, late.ticketId);
  expect(await elena.call(api.incidentsOfTicket, { params: { id: late.ticketId } })).toMatchObject({
    linked: null,
    suggested: [{ id: incident.id }],
  });
  await elena.call(api.linkToIncident, { params: { id: incident.id }, body: { caseId: report.id } });
  expect(await elena.call(api.incidentsOfTicket, { params: { id: late.ticketId } })).toMatchObject({
    linked: { id: incident.id, people: 7, cases: 6 },
  });

  expect(await elena.call(api.closeIncident, { params: { id: incident.id } })).toMatchObject({ state: 'closed' });
  const closed = { params: { id: incident.id }, body: { ticketId: late.ticketId } };
  expect(await elena.refused(api.linkToIncident, closed)).toMatchObject({ code: 'wrong_state' });
  const admin = await centre.operator('fernando');
  const { entries } = await admin.call(api.listAudit);
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['incident.opened', 'incident.linked', 'incident.closed']),
  );
});

test('what is protected is in no incident', async () => {
  const { surge } = await surgeShows('the surge', () => true);
  const { topicId, coloniaIds, since } = surge;
  const incident = await elena.call(api.openIncident, { body: { title: 'Otra fuga', topicId, coloniaIds, since } });
  const contact = await aContact(centre);
  const secret = await opens(elena, {
    serviceId: 'violencia-genero',
    ticketId: contact.ticketId,
    description: 'Necesita ayuda',
    place: null,
  });
  const link = { params: { id: incident.id }, body: { caseId: secret.id } };
  expect(await elena.refused(api.linkToIncident, link)).toMatchObject({ code: 'wrong_state' });
});

test('when many ask the same question it shows as that: it can be answered for all, and there is no case to make of it', async () => {
  await Promise.all(
    Array.from({ length: 12 }, async () => (await centre.resident()).say('¿Dónde puedo pagar el predial?')),
  );
  const { surge } = await surgeShows('the question', (alert) => alert.surge.topicId === 'predial-pago');
  expect(surge).toMatchObject({ reportable: false, coloniaIds: [] });
  const { topicId, coloniaIds, since } = surge;
  const body = { title: 'Preguntan por el predial', topicId, coloniaIds, since };
  expect(await elena.refused(api.openIncident, { body })).toMatchObject({ code: 'invalid_input' });
});
