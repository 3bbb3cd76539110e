import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoardAlert } from '../../server/contract/board.ts';
import { api } from '../../server/contract/routes.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  elena = await centre.operator('elena');
});

afterAll(() => centre?.stop());

const colonia = { longitude: -96.13, latitude: 19.188 };

test('a burst main shows before the tenth report: topic, place and points', async () => {
  // What was usual at this hour of other weeks is nothing at all: five neighbours within half an hour are not that.
  for (let report = 0; report < 5; report += 1) {
    const point = { latitude: colonia.latitude + report / 10_000, longitude: colonia.longitude };
    await opens(elena, {
      clientId: randomUUID(),
      serviceId: 'fuga-agua',
      description: 'Sale mucha agua de la calle',
      place: { point, address: null, coloniaId: null, reference: null },
    });
  }
  const alert = await until(
    async () => {
      const { alerts } = await elena.call(api.board);
      return alerts.find((one): one is Extract<BoardAlert, { kind: 'surge' }> => one.kind === 'surge') ?? null;
    },
    { what: 'the surge on the board', timeout: 40_000 },
  );
  expect(alert).toMatchObject({ severity: 'alarm', ring: true, incidentId: null });
  expect(alert.surge).toMatchObject({ topicId: 'fuga-agua', count: 5 });
  expect(alert.surge.coloniaIds).toHaveLength(1);
  expect(alert.surge.place).toBeTruthy();
  expect(alert.surge.points).toHaveLength(5);
});
