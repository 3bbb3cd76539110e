import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileRoutes } from '../../server/contract/endpoints.ts';
import { api } from '../../server/contract/routes.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, writeStories } from '../support/contact-stories.ts';
import type { OperatorClient } from '../support/operator-client.ts';

const days = { from: '2026-03-02', to: '2026-03-02' };
let centre: ContactCentre;
let elena: OperatorClient;
let ana: OperatorClient;
let hidden: string[];

beforeAll(async () => {
  centre = await startContactCentre();
  [elena, ana] = await Promise.all([centre.operator('elena'), centre.operator('ana')]);
  const { database } = centre.server.context;
  const stories = writeStories({
    seed: 3,
    contacts: 30,
    from: new Date('2026-03-02T15:00:00Z'),
    hours: 4,
    operatorIds: [ana.id],
    queueIds: ['general', 'mujeres'],
  });
  hidden = stories.slice(0, 7).map(({ id }) => id);
  await database.transaction(async (tx) => {
    await storeStories(tx, stories);
    await tx.updateTable('ticket').set({ protected: true }).where('id', 'in', hidden).execute();
    await tx.updateTable('operator').set({ protected_grant: false }).where('id', '=', elena.id).execute();
  });
  await rebuildFacts(centre.server.context);
});

afterAll(() => centre?.stop());

const grant = (protectedGrant: boolean) =>
  centre.server.context.database.db
    .updateTable('operator')
    .set({ protected_grant: protectedGrant })
    .where('id', '=', elena.id)
    .execute();

test('without the grant nothing protected is counted or opened; few are told as few', async () => {
  const report = await elena.call(api.report, { query: { ...days, by: 'channel' } });
  expect(report.total.contacts).toBe(23);
  expect(report.protectedAtLeast).toBe(5);
  const { contacts } = await elena.call(api.reportRows, { query: { ...days, measure: 'contacts' } });
  expect(contacts.filter(({ ticketId }) => hidden.includes(ticketId))).toEqual([]);
  const { total } = await elena.call(api.report, { query: { from: '2026-03-03', to: '2026-03-03' } });
  expect(total.contacts).toBe(0);

  await grant(true);
  const whole = await elena.call(api.report, { query: { ...days, by: 'channel' } });
  expect(whole.total.contacts).toBe(30);
  expect(whole.protectedAtLeast).toBeNull();
  await grant(false);
});

test('a file says what the screen says, to supervisors alone', async () => {
  const address = `${centre.url}${fileRoutes.report}?${new URLSearchParams({ ...days, by: 'queue', format: 'csv' })}`;
  const answer = await fetch(address, { headers: { cookie: elena.cookie } });
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="reporte-queue-2026-03-02-2026-03-02.csv"',
  );
  const lines = (await answer.text()).trim().split('\r\n');
  expect(lines.at(-1)).toMatch(/^Total,23,/);
  expect((await fetch(address, { headers: { cookie: ana.cookie } })).status).toBe(403);
  expect((await fetch(address)).status).toBe(401);
  const workbook = await fetch(address.replace('format=csv', 'format=xlsx'), { headers: { cookie: elena.cookie } });
  expect(new Uint8Array(await workbook.arrayBuffer()).slice(0, 2)).toEqual(new TextEncoder().encode('PK'));
});

test('a period that is none is refused', async () => {
  const backwards = { from: '2026-03-05', to: '2026-03-02' };
  expect((await elena.refused(api.report, { query: backwards })).code).toBe('invalid_input');
  expect((await elena.refused(api.report, { query: { from: '2020-01-01', to: '2026-01-01' } })).code).toBe(
    'invalid_input',
  );
  const query = { ...days, measure: 'contacts' as const, cursor: 'nonsense' };
  expect((await elena.refused(api.reportRows, { query })).code).toBe('invalid_cursor');
});

test('a day is expected to be like the same weekday before', async () => {
  const forecast = await elena.call(api.forecast, { query: { day: '2026-03-09' } });
  expect(forecast.basis).toEqual(['2026-03-02']);
  const { total } = await elena.call(api.report, { query: days });
  const expected = forecast.slots.reduce((sum, slot) => sum + slot.expected, 0);
  expect(expected).toBe(total.queued);
  for (const { expected, agents, agentsWithAbandonment } of forecast.slots) {
    expect(agents > 0).toBe(expected > 0);
    expect(agentsWithAbandonment).toBeLessThanOrEqual(agents);
  }
});
