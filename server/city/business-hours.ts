import { DateTime } from 'luxon';
import type { City } from '../contract/city.ts';
import type { Hours } from '../contract/http.ts';
import { isPublicHoliday } from './public-holidays.ts';

/** Where the hours are kept: its clock and its holidays. */
export type Place = Pick<City, 'timeZone' | 'country' | 'state'>;

interface Span {
  from: DateTime;
  to: DateTime;
}

/** How far ahead an opening is looked for: longer than any closure a city announces. */
const DAYS_AHEAD = 400;

/** Whether somebody is on duty at `at`. A span holds its first minute and not its last. */
export function isOpen(hours: Hours, at: Date, place: Place): boolean {
  const now = DateTime.fromJSDate(at, { zone: place.timeZone });
  return spansOf(hours, now, place).some(({ from, to }) => from <= now && now < to);
}

/** When it opens next: `at` itself while open, null when it does not open within a year. */
export function nextOpening(hours: Hours, at: Date, place: Place): Date | null {
  if (isOpen(hours, at, place)) return at;
  const now = DateTime.fromJSDate(at, { zone: place.timeZone });
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const openings = spansOf(hours, now.plus({ days: ahead }), place)
      .map(({ from }) => from.toMillis())
      .filter((from) => from > at.getTime());
    if (openings.length > 0) return new Date(Math.min(...openings));
  }
  return null;
}

/** The spans of one local day as instants. An exception replaces the day; a holiday closes it. */
function spansOf(hours: Hours, day: DateTime, place: Place): Span[] {
  const date = day.toFormat('yyyy-MM-dd');
  const exception = hours.exceptions.find((candidate) => candidate.date === date);
  if (!exception && hours.closedOnHolidays && isPublicHoliday(date, place)) return [];
  const spans = exception ? exception.spans : hours.days[weekdayOf(day)];
  return spans
    .map(({ from, to }) => ({ from: instantOf(day, from), to: instantOf(day, to) }))
    .filter(({ from, to }) => from < to);
}

function weekdayOf(day: DateTime): keyof Hours['days'] {
  return String(day.weekday) as keyof Hours['days'];
}

/**
 * The instant at which the wall clock of that day first shows `time` (`hh:mm`, up to `24:00`).
 * Where the clock is put forward over it, that is the moment the clock is changed, which happens on the hour.
 */
function instantOf(day: DateTime, time: string): DateTime {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const shown = day.set({ hour, minute, second: 0, millisecond: 0 });
  if (shown.hour !== hour || shown.minute !== minute) return shown.startOf('hour');
  const [first = shown] = shown.getPossibleOffsets();
  return first;
}
