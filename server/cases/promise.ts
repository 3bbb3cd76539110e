import { DateTime } from 'luxon';
import { isPublicHoliday } from '../city/public-holidays.ts';
import type { City } from '../contract/city.ts';

type Calendar = Pick<City, 'timeZone' | 'country' | 'state'>;

/** A report that comes later in the day was received on the next working day. */
const LAST_HOUR = 18;

/**
 * The last local day of a promise: so many working days after the day on which it was received. The day itself does
 * not count; what comes on a Saturday, a Sunday, a public holiday or after six in the evening was received on the next
 * working day.
 * @returns `yyyy-mm-dd`
 */
export function promiseFor(openedAt: Date, workingDays: number, city: Calendar): string {
  const local = DateTime.fromJSDate(openedAt, { zone: city.timeZone });
  let day = local.startOf('day');
  if (local.hour >= LAST_HOUR) day = day.plus({ days: 1 });
  while (!isWorkingDay(day, city)) day = day.plus({ days: 1 });
  for (let left = workingDays; left > 0; ) {
    day = day.plus({ days: 1 });
    if (isWorkingDay(day, city)) left -= 1;
  }
  return dateOf(day);
}

/** The city's day, `yyyy-mm-dd`. */
export const localDay = (at: Date, { timeZone }: Pick<City, 'timeZone'>): string =>
  dateOf(DateTime.fromJSDate(at, { zone: timeZone }));

function isWorkingDay(day: DateTime, city: Calendar): boolean {
  return day.weekday <= 5 && !isPublicHoliday(dateOf(day), city);
}

const dateOf = (day: DateTime): string => day.toFormat('yyyy-MM-dd');
