import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countDay, countTotals } from '../../server/board/figures/count-day.ts';
import { countNow, countToday } from '../../server/board/figures/count-now.ts';
import { openIncidents } from '../../server/board/incidents/read-incidents.ts';
import { createReportLoader } from '../../server/board/surge/load-reports.ts';
import { reportQuerySchema, reportRowsQuerySchema } from '../../server/contract/report.ts';
import { contactMeasures, reportGroupings } from '../../server/contract/report-terms.ts';
import { makeReport } from '../../server/reports/report.ts';
import { listReportRows } from '../../server/reports/report-rows.ts';
import { makeForecast } from '../../server/reports/staffing/forecast.ts';
import { createLiveFigures } from '../../server/routing/queue-figures.ts';
import { loadContacts } from '../bench/load/load-contacts.ts';
import { type Measured, readsOf } from '../support/query-plans.ts';
import { openRoutingFloor, type RoutingFloor } from '../support/routing-floor.ts';
import { sampleCity } from '../support/sample-city.ts';

const CONTACTS = 20_000;
/** An ordinary day of them, and a month. */
const DAY = CONTACTS / 365;
const MONTH = 31 * DAY;
const PEOPLE = 8;
/** Of a year in which they are there for eight hours a day, begun and ended ones included. */
const HOURS_OF_PEOPLE = PEOPLE * 9 * 366;
/** What a question reads whatever it is about: a few rows a group and month. */
const GROUPS = 3_000;
/** Twelve weeks of them. */
const HALF_HOURS = 84 * 48;
const NOW = new Date('2026-11-22T12:00:00Z');
const year = { from: '2025-11-23', to: '2026-11-22' };
const month = { from: '2026-10-01', to: '2026-10-31' };

let parts: Parameters<typeof makeReport>[0] & { pool: RoutingFloor['database']['pool'] };
let floor: RoutingFloor;

beforeAll(async () => {
  floor = await openRoutingFloor(['general', 'servicios', 'tramites', 'urgente']);
  const { database } = floor;
  await loadContacts(database, {
    tickets: CONTACTS,
    messagesPerTicket: 1,
    search: false,
    figures: { people: PEOPLE },
  });
  parts = { city: await sampleCity(), clock: { now: () => NOW }, db: database.db, pool: database.pool };
}, 600_000);
afterAll(() => floor?.close());

const LARGE =
  'arrival_sum|case_sum|contact_fact|contact_stretch|contact_sum|people_sum|presence_event|service_case|case_event|ticket|bot_turn';
const large = new RegExp(`\\b(${LARGE})\\b`);
const wholeTable = new RegExp(`Seq Scan on (${LARGE})\\b`);

/** Of a year that is all there is: hours of people are few. */
const wholeHistory = new RegExp(`Seq Scan on (${LARGE.replace('people_sum|', '')})\\b`);

async function expectReads(atMost: number, work: () => Promise<unknown>, never = wholeTable): Promise<void> {
  const measured: Measured[] = await readsOf({ pool: parts.pool }, large, async () => void (await work()));
  expect(measured.length).toBeGreaterThan(0);
  for (const { text, plan, rowsRead } of measured) {
    expect(plan, text).not.toMatch(never);
    expect(rowsRead, `${text}\n${plan}`).toBeLessThan(atMost);
  }
}

const reader = { protectedGrant: false };
const report = (query: object) => makeReport(parts, reader, reportQuerySchema.parse(query), 'es');

describe('a report', () => {
  test.each(reportGroupings)('of a year by %s reads sums, not its contacts', (by) =>
    expectReads(GROUPS + 3 * MONTH + HOURS_OF_PEOPLE, () => report({ ...year, by }), wholeHistory),
  );

  test.each(reportGroupings)('of a month by %s, beside the one before', (by) =>
    expectReads(GROUPS + 3 * MONTH, () => report({ ...month, by, compareFrom: '2026-09-01', compareTo: '2026-09-30' })),
  );

  test.each([
    ['of a queue by colonia', { queue: 'servicios', by: 'colonia' }],
    ['of a channel by day', { channel: 'whatsapp', by: 'day' }],
    ['of a channel by topic', { channel: 'sms', by: 'topic' }],
  ])('of a year, narrowed: %s', (_what, query) =>
    expectReads(2 * GROUPS + 3 * MONTH, () => report({ ...year, ...query })),
  );

  test('narrowed as nothing is summed reads the contacts that fit, by their index', async () => {
    const { rows } = await parts.pool.query(`select operator_id as id, count(*)::int as count from contact_fact
      where operator_id is not null group by 1 order by 2 limit 1`);
    const [{ id, count }] = rows as [{ id: string; count: number }];
    await expectReads(GROUPS + 3 * MONTH + 2 * count, () => report({ ...year, operator: id, by: 'topic' }));
  });
});

test.each(contactMeasures)('what %s of a month is made of', (measure) =>
  expectReads(2 * MONTH, () => listReportRows(parts, reader, reportRowsQuerySchema.parse({ ...month, measure }), 'es')),
);

test('a forecast reads the half hours that it is drawn from', () =>
  expectReads(HALF_HOURS + 3 * DAY, () =>
    makeForecast(parts, reader, { day: '2026-11-23', queue: undefined, channel: undefined, atOnce: 1 }),
  ));

test('the board reads this day, and what is open', async () => {
  const midnight = new Date('2026-11-22T06:00:00Z');
  const lately = { from: new Date(NOW.getTime() - 3_600_000), to: NOW };
  const open = 400;
  await expectReads(2 * open + 3 * DAY, async () => {
    const { db, city, clock } = parts;
    await countNow(db, NOW);
    await countToday(db, midnight, NOW);
    await countDay(db, midnight);
    await countTotals(db, midnight);
    await createLiveFigures(db, clock).current();
    await openIncidents(db);
    await createReportLoader(db, city)([lately]);
  });
});
