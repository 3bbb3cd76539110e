import type { ReportPeriod } from './report.ts';

/** Periods as people name them, by local dates of the city. Free of schemas, so that a browser can load them alone. */

export const periodPresets = ['today', 'yesterday', 'week', 'lastWeek', 'month', 'thisMonth', 'lastMonth'] as const;
export type PeriodPreset = (typeof periodPresets)[number];
/** Days that are over whenever it is asked: what goes out by itself never shows half a day. */
export const scheduledPeriods = ['yesterday', 'lastWeek', 'lastMonth'] as const;
export type ScheduledPeriod = (typeof scheduledPeriods)[number];
/** Of one report that goes out by itself. */
export const MOST_RECIPIENTS = 20;
export const comparisons = ['none', 'before', 'week', 'year'] as const;
export type Comparison = (typeof comparisons)[number];

const DAY_MS = 86_400_000;
/** Local dates are counted as days, whatever the zone. */
const dayOf = (date: string): Date => new Date(`${date}T12:00:00Z`);
const dateOf = (day: Date): string => day.toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOf(new Date(dayOf(date).getTime() + days * DAY_MS));
const lengthOf = ({ from, to }: ReportPeriod): number =>
  Math.round((dayOf(to).getTime() - dayOf(from).getTime()) / DAY_MS) + 1;
/** 1 Monday … 7 Sunday. */
const weekdayOf = (date: string): number => dayOf(date).getUTCDay() || 7;

/** The whole month that a date is in, or one so many months away from it. */
export function monthOf(date: string, away = 0): ReportPeriod {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return {
    from: dateOf(new Date(Date.UTC(year, month - 1 + away, 1, 12))),
    to: dateOf(new Date(Date.UTC(year, month + away, 0, 12))),
  };
}

/** @param today the city's day, `yyyy-mm-dd` */
export function presetPeriod(preset: PeriodPreset, today: string): ReportPeriod {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'lastWeek': {
      const monday = addDays(today, -6 - weekdayOf(today));
      return { from: monday, to: addDays(monday, 6) };
    }
    case 'month':
      return { from: addDays(today, -29), to: today };
    case 'thisMonth':
      return { from: monthOf(today).from, to: today };
    case 'lastMonth':
      return monthOf(today, -1);
  }
}

/** Which preset a period is, if it is one. */
export const presetOf = ({ from, to }: ReportPeriod, today: string): PeriodPreset | null =>
  periodPresets.find((preset) => {
    const period = presetPeriod(preset, today);
    return period.from === from && period.to === to;
  }) ?? null;

/**
 * What a period is compared with. Of a whole month: the month before, or the same one a year ago. Of other days as
 * many: right before them, as many whole weeks earlier as keep them apart, or 52 weeks earlier.
 */
export function comparedPeriod(period: ReportPeriod, comparison: Comparison): ReportPeriod | null {
  if (comparison === 'none') return null;
  const month = monthOf(period.from);
  if (comparison !== 'week' && month.from === period.from && month.to === period.to) {
    return monthOf(period.from, comparison === 'before' ? -1 : -12);
  }
  const length = lengthOf(period);
  const back = { before: length, week: Math.ceil(length / 7) * 7, year: 364 }[comparison];
  return { from: addDays(period.from, -back), to: addDays(period.to, -back) };
}
