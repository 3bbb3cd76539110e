import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Report } from '../../server/contract/report.ts';
import { tableOf } from '../../server/contract/report-table.ts';
import { csvOf, xlsxOf } from '../../server/reports/export-report.ts';

const measured = {
  contacts: 12,
  queued: 9,
  answered: 8,
  inTime: 6,
  abandonedLate: 1,
  waitingLate: 0,
  waitedSeconds: 100,
};
const report: Report = {
  by: 'queue',
  period: { from: '2026-03-02', to: '2026-03-03' },
  groups: [
    { key: 'general', label: '=HYPERLINK("http://evil.example","General, y más")', measured },
    { key: '', label: 'Sin cola', measured: { ...measured, answered: 0, abandonedLate: 0 } },
  ],
  total: { ...measured, contacts: 24 },
  before: null,
  narrowed: [],
  protectedAtLeast: 0,
  asOf: '2026-03-04T06:00:00.000Z',
};

test('a CSV holds the numbers of the screen, and nothing that a spreadsheet would carry out', () => {
  const csv = csvOf(report, 'es');
  expect(
    csv.startsWith('\uFEFFCola,Contactos,Pidieron una persona,Atendidos,Nivel de servicio,Espera media (ASA) (s)'),
  ).toBe(true);
  const [, general, none, total] = csv.split('\r\n');
  expect(general).toMatch(/^"'=HYPERLINK\(""http:\/\/evil\.example"",""General, y más""\)",12,9,8,0\.667,13,/);
  // Nothing to divide by is no number, and not 0.
  expect(none).toMatch(/^Sin cola,12,9,0,,,/);
  expect(total).toMatch(/^Total,24,/);
  const shown = tableOf(report, 'Total').rows[0]?.values.map((value) => (value === null ? '' : String(value)));
  expect(general?.replace(/^"(?:[^"]|"")*",/, '')).toBe(shown?.join(','));
});

test('a workbook holds numbers as numbers, days as dates, and what each figure is', async () => {
  const daily: Report = { ...report, by: 'day', groups: [{ key: '2026-03-02', label: '2026-03-02', measured }] };
  const files = unzipSync(new Uint8Array(await xlsxOf(daily, 'es')));
  const sheet = (n: number) => strFromU8(files[`xl/worksheets/sheet${n}.xml`] ?? new Uint8Array());
  // Days since 1900, as spreadsheets count; and a share as it is, to be shown in per cent.
  expect(sheet(1)).toContain('<v>46083</v>');
  expect(sheet(1)).toContain('<v>0.667</v>');
  const texts = strFromU8(files['xl/sharedStrings.xml'] ?? new Uint8Array()) + sheet(2);
  expect(texts).toContain('Contactos que empezó la ciudadanía');
});
