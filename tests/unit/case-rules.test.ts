import { describe, expect, test } from 'vitest';
import { departmentOf } from '../../server/cases/department-of.ts';
import { promiseFor } from '../../server/cases/promise.ts';
import { createCaseSecrets } from '../../server/cases/secret.ts';
import { withoutHouseNumber } from '../../server/cases/where.ts';
import { caseSecretSchema, folioSchema } from '../../server/contract/case.ts';
import { caseStatuses, isCaseOpen, nextCaseStatuses } from '../../server/contract/case-status.ts';
import { toXml } from '../../server/open311/to-xml.ts';

const veracruz = { timeZone: 'America/Mexico_City', country: 'MX', state: 'VER' };

describe('a promise', () => {
  test.each([
    ['on a Monday morning, one day', '2026-11-23T09:00', 1, '2026-11-24'],
    ['just before six', '2026-11-23T17:59', 1, '2026-11-24'],
    ['from six on it counts from the next day', '2026-11-23T18:00', 1, '2026-11-25'],
    ['over a weekend', '2026-11-26T10:00', 2, '2026-11-30'],
    ['on a Friday evening it was received on Monday', '2026-11-27T19:00', 1, '2026-12-01'],
    ['on a Saturday likewise', '2026-11-28T08:00', 1, '2026-12-01'],
    ['over the bridge of the Revolution, the third Monday of November', '2026-11-13T10:00', 1, '2026-11-17'],
    ['on that holiday it was received the day after', '2026-11-16T10:00', 1, '2026-11-18'],
    ['over Christmas and the end of the year', '2026-12-24T10:00', 5, '2027-01-04'],
    ['over the bridge of the Constitution, the first Monday of February', '2027-01-29T10:00', 1, '2027-02-02'],
    ['ten working days', '2026-11-23T09:00', 10, '2026-12-07'],
  ])('%s', (_, openedAt, days, promised) => {
    // Veracruz is six hours behind UTC all year.
    expect(promiseFor(new Date(`${openedAt}:00-06:00`), days, veracruz)).toBe(promised);
  });
});

test('every status can be reached and left, and only what is closed is reopened', () => {
  for (const status of caseStatuses) {
    expect(nextCaseStatuses[status].length).toBeGreaterThan(0);
    expect(nextCaseStatuses[status]).not.toContain(status);
    expect(nextCaseStatuses[status].includes('reopened')).toBe(!isCaseOpen(status));
    if (status !== 'received') expect(caseStatuses.some((from) => nextCaseStatuses[from].includes(status))).toBe(true);
  }
});

test.each([
  ['Calle Xalapa 1520', 'Calle Xalapa'],
  ['Díaz Mirón 1520-B, interior 3', 'Díaz Mirón'],
  ['Av. 20 de Noviembre #340', 'Av. 20 de Noviembre'],
  ['Calle 10 123', 'Calle 10'],
  ['Calle 10', 'Calle 10'],
  ['Xalapa y España', 'Xalapa y España'],
  ['Calle 5 entre 6 y 7', 'Calle 5 entre 6 y 7'],
  ['Lerdo núm. 44 bis, C.P. 91700', 'Lerdo'],
  ['Privada Hidalgo, lote 4 manzana 12', 'Privada Hidalgo'],
  ['5 de Mayo 88, casa 2', '5 de Mayo'],
  ['Carretera Xalapa km 4', 'Carretera Xalapa km 4'],
])('«%s» is told to anybody as «%s»', (address, told) => {
  expect(withoutHouseNumber(address)).toBe(told);
});

describe('folio and secret', () => {
  const secrets = createCaseSecrets('a secret for tests, and for nothing else');
  test('are read as people type them', () => {
    expect(folioSchema.parse(' ver 2026-123 ')).toBe('VER-2026-000123');
    expect(folioSchema.parse('VER2026000123')).toBe('VER-2026-000123');
    expect(caseSecretSchema.parse('k7qx 4m2o')).toBe('K7QX4M20');
    expect(folioSchema.safeParse('123').success).toBe(false);
  });
  test('each secret is its own, and the same each time', () => {
    const mine = secrets.ofReporter('a');
    expect(mine).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(secrets.ofReporter('a')).toBe(mine);
    const all = [mine, secrets.ofReporter('b'), secrets.ofFollower('a', 'x'), secrets.ofFollower('a', 'y')];
    expect(new Set(all).size).toBe(4);
    expect(createCaseSecrets('another installation, another secret').ofReporter('a')).not.toBe(mine);
  });
});

test('a department is that of the service, of the area, or of whoever looks first', () => {
  const service = { id: 'bache', department: 'obras', protected: false } as Parameters<typeof departmentOf>[1];
  const city = {
    areas: [{ services: ['bache'], colonias: ['centro'], department: 'centro-historico' }],
    triageDepartment: 'atencion',
  };
  expect(departmentOf(city, service, { coloniaId: 'astilleros', triage: false })).toBe('obras');
  expect(departmentOf(city, service, { coloniaId: 'centro', triage: false })).toBe('centro-historico');
  expect(departmentOf(city, service, { coloniaId: 'centro', triage: true })).toBe('atencion');
  expect(departmentOf(city, { ...service, protected: true }, { coloniaId: 'centro', triage: true })).toBe('obras');
});

test('XML says what it is given, and nothing else', () => {
  expect(toXml('errors', [{ code: 400, description: 'a < b & "c" \u0001' }])).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n' +
      '<errors><error><code>400</code><description>a &lt; b &amp; &quot;c&quot; </description></error></errors>',
  );
  expect(toXml('services', [])).toContain('<services></services>');
});
