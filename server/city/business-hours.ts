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
const DAY_MS = 86_400_000;

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

/**
 * How long it is open between two instants, in seconds: what clocks that pause outside hours show.
 * 0 when `to` is not after `from`.
 */
export function openSeconds(hours: Hours, from: Date, to: Date, place: Place): number {
  let open = 0;
  for (const span of openSpans(hours, from, to, place)) open += span.to - span.from;
  return open / 1_000;
}

/**
 * The instant at which it has been open for `seconds` since `from`; null when that does not come within about a year.
 */
export function afterOpenSeconds(hours: Hours, from: Date, seconds: number, place: Place): Date | null {
  const horizon = new Date(from.getTime() + DAYS_AHEAD * DAY_MS);
  let left = seconds * 1_000;
  for (const span of openSpans(hours, from, horizon, place)) {
    if (left <= span.to - span.from) return new Date(span.from + left);
    left -= span.to - span.from;
  }
  return null;
}

/** What is open between two instants, in milliseconds and in order; what overlaps counts once. */
function* openSpans(hours: Hours, from: Date, to: Date, place: Place): Generator<{ from: number; to: number }> {
  const end = to.getTime();
  let reached = from.getTime();
  let day = DateTime.fromJSDate(from, { zone: place.timeZone }).startOf('day');
  for (; day.toMillis() < end; day = day.plus({ days: 1 }).startOf('day')) {
    for (const span of spansOf(hours, day, place).sort((a, b) => +a.from - +b.from)) {
      const begins = Math.max(span.from.toMillis(), reached);
      const ends = Math.min(span.to.toMillis(), end);
      if (begins >= ends) continue;
      yield { from: begins, to: ends };
      reached = ends;
    }
  }
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
 * The first instant of that day at which its wall clock shows `time` (`hh:mm`, up to `24:00`) or later: where the
 * clock is put forward over it, the moment that happens; where it is put back over it, the first time.
 */
function instantOf(day: DateTime, time: string): DateTime {
  if (time === '24:00') return day.plus({ days: 1 }).startOf('day');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const shown = day.set({ hour, minute, second: 0, millisecond: 0 });
  if (shown.hour !== hour || shown.minute !== minute) return changeBefore(shown);
  const [first = shown] = shown.getPossibleOffsets();
  return first;
}

/** When the clock was put forward, half a day at most before `after`. */
function changeBefore(after: DateTime): DateTime {
  let early = after.minus({ hours: 12 }).toMillis();
  let late = after.toMillis();
  while (late - early > 1_000) {
    const middle = Math.floor((early + late) / 2_000) * 1_000;
    const isAfter = DateTime.fromMillis(middle, { zone: after.zone }).offset === after.offset;
    if (isAfter) late = middle;
    else early = middle;
  }
  return DateTime.fromMillis(late, { zone: after.zone });
}
