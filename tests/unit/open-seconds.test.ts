import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterOpenSeconds, isOpen, openSeconds, type Place } from '../../server/city/business-hours.ts';
import { isPublicHoliday } from '../../server/city/public-holidays.ts';
import type { Hours } from '../../server/contract/http.ts';

const MINUTE = 60_000;
const HOUR = 3_600;
const holidaysOf = { country: 'MX', state: 'VER' };

/** A wall clock by the platform's own calendar, which shares nothing with what is tested. */
function wallClock(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  });
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return (at: number) => {
    const shown = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      date: `${shown.year}-${shown.month}-${shown.day}`,
      weekday: String(weekdays.indexOf(shown.weekday ?? '') + 1) as keyof Hours['days'],
      minutes: Number(shown.hour) * 60 + Number(shown.minute),
    };
  };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * Whole minutes that are open, counted one by one. A span begins in the first minute of its day at which the wall
 * shows its beginning or later, and ends likewise; an hour that comes twice does not open it again.
 */
function countedMinutes(hours: Hours, from: number, to: number, { timeZone }: Place): number {
  const wall = wallClock(timeZone);
  const days = new Map<string, { weekday: keyof Hours['days']; shown: { at: number; minutes: number }[] }>();
  // Half a day more on either side, so that each day begins at its first minute.
  for (let at = from - 26 * 60 * MINUTE; at < to; at += MINUTE) {
    const { date, weekday, minutes } = wall(at);
    const day = days.get(date) ?? { weekday, shown: [] };
    day.shown.push({ at, minutes });
    days.set(date, day);
  }
  let open = 0;
  for (const [date, { weekday, shown }] of days) {
    const exception = hours.exceptions.find((each) => each.date === date);
    if (!exception && hours.closedOnHolidays && isPublicHoliday(date, holidaysOf)) continue;
    const spans = (exception ? exception.spans : hours.days[weekday]).map((span) => {
      const firstAt = (time: string) => shown.find(({ minutes }) => minutes >= minutesOf(time))?.at ?? Infinity;
      return { from: firstAt(span.from), to: firstAt(span.to) };
    });
    const isCounted = (at: number) => at >= from && spans.some((span) => span.from <= at && at < span.to);
    open += shown.filter(({ at }) => isCounted(at)).length;
  }
  return open;
}

const time = fc.integer({ min: 0, max: 24 * 4 }).map((quarters) => {
  const [hour, minute] = [Math.floor(quarters / 4), (quarters % 4) * 15];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
});
const spans = fc.array(
  fc
    .tuple(time, time)
    .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }))
    .filter(({ from, to }) => from < to),
  { maxLength: 3 },
);
const days = fc.record({ 1: spans, 2: spans, 3: spans, 4: spans, 5: spans, 6: spans, 7: spans });

/** Days around which clocks are changed somewhere, and any other. */
const around = fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01');
const start = fc.oneof(
  fc.tuple(around, fc.integer({ min: -40, max: 20 })).map(([day, hours]) => Date.parse(day) + hours * HOUR * 1_000),
  fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2028-01-01') }).map((at) => at - (at % MINUTE)),
);
/** Those that change by an hour, by half an hour, at midnight, in the southern hemisphere; and any. */
const zone = fc.oneof(
  fc.constantFrom(
    'America/Tijuana',
    'America/Havana',
    'Australia/Lord_Howe',
    'Africa/Cairo',
    'America/Santiago',
    'Europe/Madrid',
    'Asia/Beirut',
    'America/Mexico_City',
  ),
  fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
);

const week = fc.record({
  hours: fc.record({
    days,
    closedOnHolidays: fc.boolean(),
    exceptions: fc.array(fc.record({ date: around, spans, name: fc.constant('') }), { maxLength: 2 }),
  }),
  start,
  minutes: fc.integer({ min: 0, max: 2 * 24 * 60 }),
  zone,
});

describe('time that counts', () => {
  test('is what a clock counts minute by minute, whatever the hours and wherever clocks are changed', () => {
    fc.assert(
      fc.property(week, ({ hours, start: from, minutes, zone: timeZone }) => {
        const place = { ...holidaysOf, timeZone };
        const to = from + minutes * MINUTE;
        const counted = countedMinutes(hours, from, to, place) * 60;
        expect(openSeconds(hours, new Date(from), new Date(to), place)).toBe(counted);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  test('parts add up to the whole, and the moment it has run out is the first one', () => {
    fc.assert(
      fc.property(week, fc.double({ min: 0, max: 1, noNaN: true }), ({ hours, start: from, minutes, zone }, share) => {
        const place = { ...holidaysOf, timeZone: zone };
        const [begin, end] = [new Date(from), new Date(from + minutes * MINUTE)];
        const middle = new Date(from + Math.round(minutes * MINUTE * share));
        const whole = openSeconds(hours, begin, end, place);
        const parts = openSeconds(hours, begin, middle, place) + openSeconds(hours, middle, end, place);
        expect(parts).toBeCloseTo(whole, 3);

        const due = afterOpenSeconds(hours, begin, 600, place);
        if (!due) return;
        expect(openSeconds(hours, begin, due, place)).toBe(600);
        expect(openSeconds(hours, begin, new Date(due.getTime() - 1_000), place)).toBe(599);
        expect(isOpen(hours, new Date(due.getTime() - 1), place)).toBe(true);
      }),
      { numRuns: 120 },
    );
  }, 60_000);
});

describe('a split shift', () => {
  const day = [
    { from: '09:00', to: '14:00' },
    { from: '16:00', to: '19:00' },
  ];
  const office: Hours = {
    days: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: [], 7: [] },
    closedOnHolidays: true,
    exceptions: [{ date: '2026-12-24', spans: [{ from: '09:00', to: '13:00' }], name: 'Nochebuena' }],
  };
  const place = { ...holidaysOf, timeZone: 'America/Mexico_City' };
  const local = (text: string) => new Date(`${text}:00-06:00`);

  test.each([
    ['over lunch', '2026-12-09T13:50', '2026-12-09T16:10', 20 * 60],
    ['over a weekend', '2026-12-11T18:30', '2026-12-14T09:30', HOUR],
    ['over a holiday', '2026-12-24T12:00', '2026-12-28T10:00', 2 * HOUR],
    ['backwards', '2026-12-09T14:00', '2026-12-09T10:00', 0],
  ])('%s', (_, from, to, seconds) => expect(openSeconds(office, local(from), local(to), place)).toBe(seconds));

  test('is due ten minutes after lunch when eight of them were left before it', () => {
    expect(afterOpenSeconds(office, local('2026-12-09T13:52'), 18 * 60, place)).toEqual(local('2026-12-09T16:10'));
  });

  test('what never opens is never due', () => {
    const closed = { ...office, days: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }, exceptions: [] };
    expect(afterOpenSeconds(closed, local('2026-12-09T13:52'), 60, place)).toBeNull();
  });
});
