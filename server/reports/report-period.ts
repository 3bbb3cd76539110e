import { DateTime } from 'luxon';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import { LONGEST_PERIOD_DAYS, type ReportPeriod } from '../contract/report.ts';

/** A period as instants: `from` belongs to it, `to` does not. */
export interface Instants {
  from: Date;
  to: Date;
}

/** @throws AppError `invalid_input` for one that ends before it begins, or is longer than a year */
export function instantsOf({ from, to }: ReportPeriod, { timeZone }: Pick<City, 'timeZone'>): Instants {
  const begins = DateTime.fromISO(from, { zone: timeZone }).startOf('day');
  const ends = DateTime.fromISO(to, { zone: timeZone }).startOf('day').plus({ days: 1 });
  if (ends <= begins || ends.diff(begins, 'days').days > LONGEST_PERIOD_DAYS) {
    throw new AppError('invalid_input', { from, to });
  }
  return { from: begins.toJSDate(), to: ends.toJSDate() };
}

/** Every day of a period, `yyyy-mm-dd`. */
export function daysOf({ from, to }: ReportPeriod): string[] {
  const days: string[] = [];
  const last = DateTime.fromISO(to, { zone: 'utc' });
  for (let day = DateTime.fromISO(from, { zone: 'utc' }); day <= last; day = day.plus({ days: 1 })) {
    days.push(day.toFormat('yyyy-MM-dd'));
  }
  return days;
}
