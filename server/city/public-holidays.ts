import Holidays from 'date-holidays';
import { DateTime } from 'luxon';
import type { City } from '../contract/city.ts';

const years = new Map<string, ReadonlySet<string>>();

/** Whether a local date (`yyyy-mm-dd`) is a public holiday of the city's country or state. */
export function isPublicHoliday(date: string, city: Pick<City, 'country' | 'state'>): boolean {
  const year = date.slice(0, 4);
  const key = `${city.country} ${city.state} ${year}`;
  let dates = years.get(key);
  if (!dates) {
    dates = publicHolidays(Number(year), city);
    years.set(key, dates);
  }
  return dates.has(date);
}

/** The public holidays of the year that begins on a local date, in their order, each by its name in Spanish. */
export function comingHolidays(
  from: string,
  { country, state }: Pick<City, 'country' | 'state'>,
): { date: string; name: string }[] {
  const until = DateTime.fromISO(from, { zone: 'utc' }).plus({ years: 1 }).toISODate() ?? from;
  const calendar = new Holidays(country, state, { types: ['public'], timezone: 'UTC', languages: ['es'] });
  const year = Number(from.slice(0, 4));
  return [year, year + 1]
    .flatMap((one) => calendar.getHolidays(one))
    .flatMap(({ start, end, name }) => daysBetween(start, end).map((date) => ({ date, name })))
    .filter(({ date }) => date >= from && date < until);
}

/** False for a country whose calendar is not known: nothing would ever close there. */
export function hasCalendar(country: string): boolean {
  return country in new Holidays().getCountries();
}

function publicHolidays(year: number, { country, state }: Pick<City, 'country' | 'state'>): ReadonlySet<string> {
  // In UTC, so that the dates come out as they are on the wall calendar wherever the server runs.
  const calendar = new Holidays(country, state, { types: ['public'], timezone: 'UTC' });
  return new Set(calendar.getHolidays(year).flatMap(({ start, end }) => daysBetween(start, end)));
}

/** Some holidays last several days; `end` is the first moment after the last one. */
function daysBetween(start: Date, end: Date): string[] {
  const days: string[] = [];
  for (let day = DateTime.fromJSDate(start, { zone: 'utc' }); day.toJSDate() < end; day = day.plus({ days: 1 })) {
    days.push(day.toFormat('yyyy-MM-dd'));
  }
  return days;
}
