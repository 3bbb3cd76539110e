/** One day of history: what came in each of its half hours. */
export interface DayOfHistory {
  /** `yyyy-mm-dd` */
  date: string;
  holiday: boolean;
  /** 48, from midnight. */
  slots: readonly number[];
}

export interface VolumeForecast {
  slots: number[];
  /** How the last weeks stand to those before them; 1: no change. */
  trend: number;
  /** The days it was drawn from. */
  basis: string[];
}

export const SLOTS = 48;
/** Days of the same kind that are looked at: two months tell the season, more would blur it. */
const SAME_DAYS = 8;
const TREND_DAYS = 28;
/** A month twice as busy as the one before is news, not a trend. */
const STEEPEST = 1.5;

/**
 * What each half hour of a day will bring: the median of the same weekday in the last weeks, which one burst main does
 * not move, times the trend. Holidays are left out of ordinary days and are expected to be like Sundays.
 * @param history in any order; days on or after `date` are not looked at
 */
export function forecastVolume(date: string, isHoliday: boolean, history: readonly DayOfHistory[]): VolumeForecast {
  const past = history.filter((day) => day.date < date).sort((a, b) => (a.date < b.date ? 1 : -1));
  const weekday = isHoliday ? 7 : weekdayOf(date);
  const alike = past
    .filter((day) => (weekdayOf(day.date) === weekday && !day.holiday) || (isHoliday && day.holiday))
    .slice(0, SAME_DAYS);
  const trend = trendOf(past);
  return {
    slots: Array.from({ length: SLOTS }, (_, slot) => median(alike.map(({ slots }) => slots[slot] ?? 0)) * trend),
    trend,
    basis: alike.map((day) => day.date),
  };
}

/** Of ordinary days, mean by mean, so that a month with more holidays is not a falling one. */
function trendOf(past: readonly DayOfHistory[]): number {
  const ordinary = past.filter(({ holiday }) => !holiday);
  const recent = mean(ordinary.slice(0, TREND_DAYS).map(totalOf));
  const before = mean(ordinary.slice(TREND_DAYS, 2 * TREND_DAYS).map(totalOf));
  // Half a window says more of the weekdays in it than of any trend.
  if (ordinary.length < 2 * TREND_DAYS || before === 0) return 1;
  // The median looks back a month on average, and the forecast is for its end.
  return Math.min(STEEPEST, Math.max(1 / STEEPEST, recent / before));
}

const totalOf = ({ slots }: DayOfHistory): number => slots.reduce((sum, count) => sum + count, 0);
const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** 1 Monday … 7 Sunday, of a local date. */
const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
