import type { ReportPeriod } from '../../../server/contract/report.ts';

export const periodPresets = ['today', 'yesterday', 'week', 'month', 'thisMonth', 'lastMonth'] as const;
export type PeriodPreset = (typeof periodPresets)[number];
export const comparisons = ['none', 'before', 'week', 'year'] as const;
export type Comparison = (typeof comparisons)[number];

const DAY_MS = 86_400_000;
/** Local dates are counted as days, whatever the zone. */
const dayOf = (date: string): Date => new Date(`${date}T12:00:00Z`);
const dateOf = (day: Date): string => day.toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => dateOf(new Date(dayOf(date).getTime() + days * DAY_MS));
const lengthOf = ({ from, to }: ReportPeriod): number =>
  Math.round((dayOf(to).getTime() - dayOf(from).getTime()) / DAY_MS) + 1;

/** @param today the city's day, `yyyy-mm-dd` */
export function presetPeriod(preset: PeriodPreset, today: string): ReportPeriod {
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'month':
      return { from: addDays(today, -29), to: today };
    case 'thisMonth':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'lastMonth': {
      const to = addDays(`${today.slice(0, 7)}-01`, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
  }
}

/** Which preset a period is, if it is one. */
export const presetOf = ({ from, to }: ReportPeriod, today: string): PeriodPreset | null =>
  periodPresets.find((preset) => {
    const period = presetPeriod(preset, today);
    return period.from === from && period.to === to;
  }) ?? null;

/** As long as the period: right before it, as many whole weeks earlier as keep it apart, or 52 weeks earlier. */
export function comparedPeriod(period: ReportPeriod, comparison: Comparison): ReportPeriod | null {
  if (comparison === 'none') return null;
  const length = lengthOf(period);
  const back = { before: length, week: Math.ceil(length / 7) * 7, year: 364 }[comparison];
  return { from: addDays(period.from, -back), to: addDays(period.to, -back) };
}
