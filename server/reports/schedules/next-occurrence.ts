import { DateTime } from 'luxon';
import type { ReportSchedule } from '../../contract/report-schedule.ts';

export type Rhythm = Pick<ReportSchedule, 'every' | 'onDay' | 'hour' | 'minute'>;

/**
 * When a report goes out next, strictly after an instant. Hours are the city's: one that a change of clocks leaves out
 * comes an hour later, one that comes twice counts the first time. A month without the day has it on its last.
 */
export function nextOccurrence(rhythm: Rhythm, after: Date, timeZone: string): Date {
  const local = DateTime.fromJSDate(after, { zone: timeZone }).startOf('day');
  const step = rhythm.every === 'month' ? { months: 1 } : { days: 1 };
  let day = rhythm.every === 'month' ? local.startOf('month') : local;
  // At most a week of days, or this month and the next, lie between.
  for (let tries = 0; tries < 9; tries += 1) {
    const at = occurrenceOn(rhythm, day);
    if (at && at > after) return at;
    day = day.plus(step);
  }
  throw new Error('A report that never goes out');
}

function occurrenceOn({ every, onDay, hour, minute }: Rhythm, day: DateTime): Date | null {
  if (every === 'week' && day.weekday !== onDay) return null;
  const date = every === 'month' ? day.set({ day: Math.min(onDay ?? 1, day.daysInMonth ?? 28) }) : day;
  return date.set({ hour, minute }).toJSDate();
}

/**
 * Of all that were due up to now, the last, and how many came before it.
 * @param first the first of them, due at the latest now
 */
export function lastDue(rhythm: Rhythm, first: Date, now: Date, timeZone: string): { dueAt: Date; missed: number } {
  let dueAt = first;
  let missed = 0;
  for (
    let next = nextOccurrence(rhythm, dueAt, timeZone);
    next <= now;
    next = nextOccurrence(rhythm, dueAt, timeZone)
  ) {
    dueAt = next;
    missed += 1;
  }
  return { dueAt, missed };
}
