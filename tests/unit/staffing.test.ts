import { describe, expect, test } from 'vitest';
import {
  agentsNeeded,
  type Demand,
  probabilityOfWaiting,
  serviceLevelOf,
} from '../../server/reports/staffing/erlang-c.ts';
import { type DayOfHistory, forecastVolume } from '../../server/reports/staffing/forecast-volume.ts';
import { agentsNeededWithAbandonment, simulateQueue } from '../../server/reports/staffing/simulate-queue.ts';

/** The textbook's: a hundred calls of three minutes in half an hour, four of five within twenty seconds. */
const textbook: Demand = { contacts: 100, intervalSeconds: 1_800, handleSeconds: 180 };
const promised = { share: 0.8, seconds: 20 };

describe('Erlang C', () => {
  test('gives what the tables give', () => {
    expect(agentsNeeded(textbook, promised)).toBe(14);
    expect(probabilityOfWaiting(14, 10)).toBeCloseTo(0.1741, 4);
    expect(serviceLevelOf(14, textbook, 20)).toBeCloseTo(0.88835, 5);
    expect(serviceLevelOf(13, textbook, 20)).toBeLessThan(0.8);
  });

  test('holds at its ends', () => {
    expect(agentsNeeded({ ...textbook, contacts: 0 }, promised)).toBe(0);
    expect(serviceLevelOf(10, textbook, 20)).toBe(0);
    expect(probabilityOfWaiting(5_100, 5_000)).toBeGreaterThan(0);
    expect(probabilityOfWaiting(5_100, 5_000)).toBeLessThan(1);
  });
});

describe('the simulated queue', () => {
  test('agrees with Erlang C where nobody gives up', () => {
    const { serviceLevel, abandoned } = simulateQueue(14, textbook, 1e9, 20, 1);
    expect(serviceLevel).toBeCloseTo(0.888, 1);
    expect(abandoned).toBe(0);
  });

  test('is the same for the same seed, and needs no more people when some give up', () => {
    expect(simulateQueue(12, textbook, 120, 20, 5)).toEqual(simulateQueue(12, textbook, 120, 20, 5));
    const { abandoned } = simulateQueue(11, textbook, 120, 20, 5);
    expect(abandoned).toBeGreaterThan(0.02);
    const needed = agentsNeededWithAbandonment(textbook, promised, 120, 14, 5);
    expect(needed).toBeLessThanOrEqual(14);
    expect(needed).toBeGreaterThan(9);
  });
});

describe('the forecast', () => {
  const day = (date: string, count: number, holiday = false): DayOfHistory => ({
    date,
    holiday,
    slots: Array.from({ length: 48 }, (_, slot) => (slot === 20 ? count : 0)),
  });
  const mondays = ['2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09'];

  test('is the median of the same weekday: one burst main moves nothing', () => {
    const history = mondays.map((date, index) => day(date, index === 2 ? 900 : 30 + index));
    const { slots, trend, basis } = forecastVolume('2026-11-16', false, history);
    expect(slots[20]).toBe(33.5);
    expect(slots[21]).toBe(0);
    expect(trend).toBe(1);
    expect(basis).toHaveLength(6);
  });

  test('expects a holiday to be like Sundays and other holidays', () => {
    const history = [day('2026-11-08', 4), day('2026-11-15', 6), day('2026-11-02', 5, true), day('2026-11-09', 50)];
    expect(forecastVolume('2026-11-16', true, history).slots[20]).toBe(5);
    expect(forecastVolume('2026-11-16', false, history).slots[20]).toBe(50);
  });

  test('follows a growing month, and not without end', () => {
    const days = (from: string, count: number, length: number) =>
      Array.from({ length }, (_, index) => {
        const date = new Date(Date.parse(`${from}T12:00:00Z`) + index * 86_400_000).toISOString().slice(0, 10);
        return day(date, count);
      });
    const growing = [...days('2026-09-21', 100, 28), ...days('2026-10-19', 120, 28)];
    expect(forecastVolume('2026-11-16', false, growing).trend).toBeCloseTo(1.2);
    const bursting = [...days('2026-09-21', 10, 28), ...days('2026-10-19', 500, 28)];
    expect(forecastVolume('2026-11-16', false, bursting).trend).toBe(1.5);
  });
});
