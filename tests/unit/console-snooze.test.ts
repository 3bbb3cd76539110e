import { describe, expect, test } from 'vitest';
import { snoozeTimes } from '../../agent-console/src/composables/snooze.ts';
import { momentOf, wallTimeOf } from '../../agent-console/src/composables/zoned-time.ts';

const names = (date: string, time: string) => snoozeTimes({ date, time }).map(({ name }) => name);

describe('the times offered for putting a contact aside', () => {
  test('are none that is past and none twice', () => {
    // 2026-11-18 is a Wednesday.
    expect(names('2026-11-18', '09:10')).toEqual(['afternoon', 'tomorrow', 'monday']);
    expect(names('2026-11-18', '17:40')).toEqual(['tomorrow', 'monday']);
    expect(names('2026-11-22', '12:00')).toEqual(['afternoon', 'tomorrow']);
  });

  test('are in the morning of the day they name', () => {
    expect(snoozeTimes({ date: '2026-11-30', time: '16:00' })).toEqual([
      { name: 'tomorrow', wall: { date: '2026-12-01', time: '09:00' } },
      { name: 'monday', wall: { date: '2026-12-07', time: '09:00' } },
    ]);
  });
});

describe("the city's clock", () => {
  test('shows a moment and finds it again', () => {
    const at = Date.parse('2026-11-22T04:15:00Z');
    expect(wallTimeOf(at, 'America/Mexico_City')).toEqual({ date: '2026-11-21', time: '22:15' });
    expect(momentOf({ date: '2026-11-21', time: '22:15' }, 'America/Mexico_City')).toBe(at);
  });

  test('is right on both sides of a change of clocks, and in the hour that there is not or twice', () => {
    const utc = (date: string, time: string) => new Date(momentOf({ date, time }, 'America/Tijuana')).toISOString();
    expect(utc('2026-03-07', '09:00')).toBe('2026-03-07T17:00:00.000Z');
    expect(utc('2026-03-08', '09:00')).toBe('2026-03-08T16:00:00.000Z');
    expect(utc('2026-03-08', '02:30')).toBe('2026-03-08T10:30:00.000Z');
    expect(utc('2026-11-01', '01:30')).toBe('2026-11-01T08:30:00.000Z');
  });
});
