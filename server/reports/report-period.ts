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
export function instantsOf({ from, to }: ReportPeriod, city: Pick<City, 'timeZone'>): Instants {
  const instants = boundsOf({ from, to }, city);
  const days = (instants.to.getTime() - instants.from.getTime()) / 86_400_000;
  // Clocks are put forward and back within a year, not in the days of it.
  if (days <= 0 || Math.round(days) > LONGEST_PERIOD_DAYS) throw new AppError('invalid_input', { from, to });
  return instants;
}

/** The same of a period of any length. */
export function boundsOf({ from, to }: ReportPeriod, { timeZone }: Pick<City, 'timeZone'>): Instants {
  const midnight = (date: string) => DateTime.fromISO(date, { zone: timeZone }).startOf('day');
  return { from: midnight(from).toJSDate(), to: midnight(to).plus({ days: 1 }).toJSDate() };
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
