import type { Hours } from '../../../server/contract/http.ts';

export type Weekday = keyof Hours['days'];
export type Span = Hours['days'][Weekday][number];
export const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const satisfies readonly Weekday[];

export type SpanFault = 'backwards' | 'overlap';

/** What is wrong with a day's spans, at the first one that is; null when they can be kept. */
export function spanFault(spans: readonly Span[]): { index: number; fault: SpanFault } | null {
  for (const [index, span] of spans.entries()) {
    if (span.from >= span.to) return { index, fault: 'backwards' };
    const before = spans[index - 1];
    if (before && span.from < before.to) return { index, fault: 'overlap' };
  }
  return null;
}

export interface DayGroup {
  from: Weekday;
  to: Weekday;
  spans: Span[];
}

/** The week with neighbouring days of the same hours put together. */
export function groupDays(days: Hours['days']): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const day of weekdays) {
    const spans = days[day] ?? [];
    const last = groups.at(-1);
    if (last && JSON.stringify(last.spans) === JSON.stringify(spans)) last.to = day;
    else groups.push({ from: day, to: day, spans });
  }
  return groups;
}

/** A moment as the city's clock on the wall shows it. */
export interface WallTime {
  /** `2026-03-09` */
  date: string;
  /** `14:05` */
  time: string;
}

/** A local date some days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(date: string): Weekday {
  return String(((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7) + 1) as Weekday;
}

export interface Holiday {
  date: string;
  name: string;
}

/** When it is open on a day: a day of its own goes before a public holiday, and that before its weekday. */
export function spansOf(hours: Hours, date: string, holidays: readonly Holiday[] = []): Span[] {
  const exception = hours.exceptions?.find((each) => each.date === date);
  if (exception) return exception.spans;
  if (hours.closedOnHolidays && holidays.some((holiday) => holiday.date === date)) return [];
  return hours.days[weekdayOf(date)] ?? [];
}

/** The first day from today on that is closed though its weekday is open, with why; null within the year to come. */
export function nextDayOff(hours: Hours, today: string, holidays: readonly Holiday[]): Holiday | null {
  const own = (hours.exceptions ?? []).filter(({ spans }) => spans.length === 0);
  const named = [...own.map(({ date, name }) => ({ date, name: name ?? '' })), ...holidays];
  return (
    named
      .filter(({ date }) => date >= today && (hours.days[weekdayOf(date)] ?? []).length > 0)
      .filter(({ date }) => spansOf(hours, date, holidays).length === 0)
      .toSorted((a, b) => a.date.localeCompare(b.date))[0] ?? null
  );
}

/** Open now, or the first opening in the four weeks to come, or null. */
export function nextOpening(
  hours: Hours,
  now: WallTime,
  holidays: readonly Holiday[] = [],
): { open: true } | { open: false; at: WallTime } | null {
  if (spansOf(hours, now.date, holidays).some((span) => span.from <= now.time && now.time < span.to))
    return { open: true };
  for (let ahead = 0; ahead < 28; ahead += 1) {
    const date = addDays(now.date, ahead);
    const span = spansOf(hours, date, holidays)
      .toSorted((a, b) => a.from.localeCompare(b.from))
      .find((each) => ahead > 0 || each.from > now.time);
    if (span) return { open: false, at: { date, time: span.from } };
  }
  return null;
}
