import { expect, test } from 'vitest';
import { comparedPeriod, monthOf, presetPeriod } from '../../server/contract/report-periods.ts';
import { lastDue, nextOccurrence } from '../../server/reports/schedules/next-occurrence.ts';

/** Across the border from San Diego, with its changes of clocks. */
const TIJUANA = 'America/Tijuana';
const daily = { every: 'day', onDay: null, hour: 2, minute: 30 } as const;
const after = (rhythm: Parameters<typeof nextOccurrence>[0], at: string) =>
  nextOccurrence(rhythm, new Date(at), TIJUANA).toISOString();

test('an hour that the clocks leave out comes an hour later, one that comes twice is taken once', () => {
  // 8 March 2026, 02:00 becomes 03:00.
  expect(after(daily, '2026-03-08T08:00:00Z')).toBe('2026-03-08T10:30:00.000Z');
  expect(after(daily, '2026-03-08T10:30:00Z')).toBe('2026-03-09T09:30:00.000Z');
  // 1 November 2026, 02:00 becomes 01:00.
  const early = { ...daily, hour: 1 };
  expect(after(early, '2026-11-01T07:00:00Z')).toBe('2026-11-01T08:30:00.000Z');
  expect(after(early, '2026-11-01T08:30:00Z')).toBe('2026-11-02T09:30:00.000Z');
});

test('a week has its day, and a month without the day has it on its last', () => {
  const weekly = { every: 'week', onDay: 1, hour: 7, minute: 0 } as const;
  expect(after(weekly, '2026-03-02T15:00:00Z')).toBe('2026-03-09T14:00:00.000Z');
  expect(after(weekly, '2026-03-02T14:59:59Z')).toBe('2026-03-02T15:00:00.000Z');
  const monthly = { every: 'month', onDay: 31, hour: 7, minute: 0 } as const;
  expect(after(monthly, '2026-02-01T00:00:00Z')).toBe('2026-02-28T15:00:00.000Z');
  expect(after(monthly, '2026-02-28T15:00:00Z')).toBe('2026-03-31T14:00:00.000Z');
});

test('of those that nobody sent the last counts, and how many came before it', () => {
  const first = new Date('2026-06-01T09:30:00Z');
  const { dueAt, missed } = lastDue(daily, first, new Date('2026-06-04T12:00:00Z'), TIJUANA);
  expect(dueAt.toISOString()).toBe('2026-06-04T09:30:00.000Z');
  expect(missed).toBe(3);
  expect(lastDue(daily, first, first, TIJUANA)).toEqual({ dueAt: first, missed: 0 });
});

test('last week is the one from Monday to Sunday, and a month is compared with months', () => {
  expect(presetPeriod('lastWeek', '2026-03-08')).toEqual({ from: '2026-02-23', to: '2026-03-01' });
  expect(presetPeriod('lastWeek', '2026-03-09')).toEqual({ from: '2026-03-02', to: '2026-03-08' });
  expect(presetPeriod('lastMonth', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(comparedPeriod(monthOf('2026-03-10'), 'before')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(comparedPeriod(monthOf('2024-02-10'), 'year')).toEqual({ from: '2023-02-01', to: '2023-02-28' });
  expect(comparedPeriod({ from: '2026-03-02', to: '2026-03-03' }, 'week')).toEqual({
    from: '2026-02-23',
    to: '2026-02-24',
  });
});
