import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { isOpen, nextOpening } from '../../server/city/business-hours.ts';
import type { Hours } from '../../server/contract/http.ts';

const veracruz = { timeZone: 'America/Mexico_City', country: 'MX', state: 'VER' };
/** It still changes its clock: in 2026 on 8 March (02:00 becomes 03:00) and 1 November (02:00 becomes 01:00). */
const tijuana = { timeZone: 'America/Tijuana', country: 'MX', state: 'BCN' };

type Spans = { from: string; to: string }[];
function hours(day: Spans, more: Partial<Hours> & { sunday?: Spans } = {}): Hours {
  const { sunday = [], ...rest } = more;
  return {
    days: { 1: day, 2: day, 3: day, 4: day, 5: day, 6: [], 7: sunday },
    closedOnHolidays: true,
    exceptions: [],
    ...rest,
  };
}
const office = hours([
  { from: '09:00', to: '14:00' },
  { from: '16:00', to: '19:00' },
]);

function local(time: string, place = veracruz): Date {
  return DateTime.fromISO(time, { zone: place.timeZone }).toJSDate();
}
function opening(of: Hours, after: Date, place = veracruz): string | null {
  const at = nextOpening(of, after, place);
  return at && DateTime.fromJSDate(at, { zone: place.timeZone }).toFormat("yyyy-MM-dd'T'HH:mm ZZ");
}

describe('a split shift', () => {
  test.each([
    ['2026-03-04T08:59:59.999', false],
    ['2026-03-04T09:00', true],
    ['2026-03-04T13:59:59.999', true],
    ['2026-03-04T14:00', false],
    ['2026-03-04T16:00', true],
    ['2026-03-04T19:00', false],
    ['2026-03-07T10:00', false],
  ])('at %s open is %s', (time, open) => expect(isOpen(office, local(time), veracruz)).toBe(open));

  test.each([
    ['2026-03-04T06:00', '2026-03-04T09:00 -06:00'],
    ['2026-03-04T14:00', '2026-03-04T16:00 -06:00'],
    ['2026-03-04T16:30', '2026-03-04T16:30 -06:00'],
    ['2026-03-06T19:00', '2026-03-09T09:00 -06:00'],
  ])('from %s somebody answers at %s', (time, opens) => expect(opening(office, local(time))).toBe(opens));
});

describe('days that differ', () => {
  test('a public holiday is closed, and the next opening is after it', () => {
    // Monday 16 March 2026: Natalicio de Benito Juárez.
    expect(isOpen(office, local('2026-03-16T10:00'), veracruz)).toBe(false);
    expect(opening(office, local('2026-03-13T19:00'))).toBe('2026-03-17T09:00 -06:00');
    expect(isOpen({ ...office, closedOnHolidays: false }, local('2026-03-16T10:00'), veracruz)).toBe(true);
  });

  test('a day that banks keep but the law does not is a working day', () => {
    // Good Friday.
    expect(isOpen(office, local('2026-04-03T10:00'), veracruz)).toBe(true);
  });

  test('an exception replaces its day, even on a holiday', () => {
    const guarded: Hours = {
      ...office,
      exceptions: [
        { date: '2026-03-16', spans: [{ from: '10:00', to: '12:00' }], name: 'Guardia' },
        { date: '2026-03-17', spans: [], name: 'Inventario' },
      ],
    };
    expect(isOpen(guarded, local('2026-03-16T11:00'), veracruz)).toBe(true);
    expect(isOpen(guarded, local('2026-03-16T12:00'), veracruz)).toBe(false);
    expect(opening(guarded, local('2026-03-16T12:00'))).toBe('2026-03-18T09:00 -06:00');
  });

  test('the holiday is that of the local date, not of UTC', () => {
    const late = hours([{ from: '18:00', to: '24:00' }]);
    // 23:30 on Thursday 30 April is already 1 May in UTC.
    expect(isOpen(late, local('2026-04-30T23:30'), veracruz)).toBe(true);
    expect(isOpen(late, local('2026-05-01T23:30'), veracruz)).toBe(false);
  });
});

test('all day means all day, across midnight too', () => {
  const always = hours([{ from: '00:00', to: '24:00' }], {
    closedOnHolidays: false,
    sunday: [{ from: '00:00', to: '24:00' }],
  });
  expect(isOpen(always, local('2026-03-04T00:00'), veracruz)).toBe(true);
  expect(isOpen(always, local('2026-03-04T23:59:59.999'), veracruz)).toBe(true);
});

test('a queue that never opens says so', () => {
  expect(nextOpening(hours([]), local('2026-03-04T10:00'), veracruz)).toBeNull();
});

describe('where the clock is changed', () => {
  test('the same wall time is kept on either side of it', () => {
    expect(opening(office, local('2026-03-06T19:00', tijuana), tijuana)).toBe('2026-03-09T09:00 -07:00');
    expect(opening(office, local('2026-10-30T19:00', tijuana), tijuana)).toBe('2026-11-02T09:00 -08:00');
    // Mexico City gave it up in 2022.
    expect(opening(office, local('2026-03-27T19:00'))).toBe('2026-03-30T09:00 -06:00');
  });

  test('an opening inside the hour that is skipped happens when the clock is changed', () => {
    const night = hours([], { sunday: [{ from: '02:30', to: '06:00' }] });
    expect(opening(night, local('2026-03-08T00:00', tijuana), tijuana)).toBe('2026-03-08T03:00 -07:00');
  });

  test('a span over the repeated hour lasts an hour longer', () => {
    const night = hours([], { sunday: [{ from: '00:00', to: '06:00' }] });
    const minutes = Array.from(
      { length: 24 * 60 },
      (_, minute) => local('2026-11-01T00:00', tijuana).getTime() + minute * 60_000,
    );
    expect(minutes.filter((at) => isOpen(night, new Date(at), tijuana))).toHaveLength(7 * 60);
  });

  test('an opening inside the repeated hour happens the first time', () => {
    const night = hours([], { sunday: [{ from: '01:30', to: '06:00' }] });
    expect(opening(night, local('2026-11-01T00:00', tijuana), tijuana)).toBe('2026-11-01T01:30 -07:00');
  });

  test('open and the next opening agree at every quarter of an hour of both nights', () => {
    const odd = hours([{ from: '01:15', to: '02:15' }], {
      sunday: [
        { from: '01:15', to: '02:15' },
        { from: '02:45', to: '03:15' },
      ],
    });
    for (const night of ['2026-03-08T00:00', '2026-11-01T00:00']) {
      for (let quarter = 0; quarter < 40; quarter += 1) {
        const at = new Date(local(night, tijuana).getTime() + quarter * 15 * 60_000);
        const opens = nextOpening(odd, at, tijuana);
        expect(opens && isOpen(odd, opens, tijuana), `after ${at.toISOString()}`).toBe(true);
        if (isOpen(odd, at, tijuana)) expect(opens).toEqual(at);
      }
    }
  });
});
