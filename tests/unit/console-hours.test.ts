import { describe, expect, test } from 'vitest';
import { clockTimeOf } from '../../agent-console/src/composables/clock-time.ts';
import { groupDays, nextDayOff, nextOpening, spanFault } from '../../agent-console/src/composables/hours.ts';
import type { Hours } from '../../server/contract/http.ts';

const office = [
  { from: '09:00', to: '14:00' },
  { from: '16:00', to: '19:00' },
];
const hours: Hours = {
  days: { '1': office, '2': office, '3': office, '4': office, '5': office, '6': [], '7': [] },
  closedOnHolidays: true,
  exceptions: [{ date: '2026-03-10', spans: [], name: 'Inventario' }],
};

describe('what hours come to', () => {
  test('open within a span, else the next one of the day', () => {
    expect(nextOpening(hours, { date: '2026-03-09', time: '09:00' })).toEqual({ open: true });
    expect(nextOpening(hours, { date: '2026-03-09', time: '14:00' })).toEqual({
      open: false,
      at: { date: '2026-03-09', time: '16:00' },
    });
  });

  test('past the day and past days that differ', () => {
    expect(nextOpening(hours, { date: '2026-03-09', time: '19:00' })).toEqual({
      open: false,
      at: { date: '2026-03-11', time: '09:00' },
    });
    expect(nextOpening(hours, { date: '2026-03-13', time: '20:00' })).toEqual({
      open: false,
      at: { date: '2026-03-16', time: '09:00' },
    });
    expect(nextOpening({ ...hours, days: {} as Hours['days'] }, { date: '2026-03-09', time: '10:00' })).toBeNull();
  });

  test('neighbouring days of the same hours are said together', () => {
    expect(groupDays(hours.days).map(({ from, to }) => `${from}-${to}`)).toEqual(['1-5', '6-7']);
  });
});

test('the next day off is a holiday, or a day of its own, on which the weekday would be open', () => {
  const holidays = [
    { date: '2026-03-15', name: 'Un domingo' },
    { date: '2026-03-16', name: 'Natalicio de Benito Juárez' },
  ];
  expect(nextDayOff(hours, '2026-03-09', holidays)).toEqual({ date: '2026-03-10', name: 'Inventario' });
  expect(nextDayOff(hours, '2026-03-11', holidays)).toEqual(holidays[1]);
  expect(nextDayOff({ ...hours, closedOnHolidays: false }, '2026-03-11', holidays)).toBeNull();
  expect(nextOpening(hours, { date: '2026-03-16', time: '10:00' }, holidays)).toMatchObject({ open: false });
});

test('spans that run backwards or overlap are found', () => {
  expect(spanFault(office)).toBeNull();
  expect(spanFault([{ from: '10:00', to: '09:00' }])).toEqual({ index: 0, fault: 'backwards' });
  expect(
    spanFault([
      { from: '09:00', to: '14:00' },
      { from: '13:59', to: '24:00' },
    ]),
  ).toEqual({ index: 1, fault: 'overlap' });
});

test('a time is understood as people type it', () => {
  const typed = ['8', '08:30', '830', '0830', '16h15', '24', '24:00', '25', '12:60', 'tarde', ''];
  expect(typed.map(clockTimeOf)).toEqual([
    '08:00',
    '08:30',
    '08:30',
    '08:30',
    '16:15',
    '24:00',
    '24:00',
    null,
    null,
    null,
    null,
  ]);
});
