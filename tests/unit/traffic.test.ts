import { beforeEach, describe, expect, test } from 'vitest';
import { addSeconds } from '../../server/clock.ts';
import { createTraffic, type Traffic } from '../../server/delivery/traffic.ts';

let now: Date;
const pass = (seconds: number) => {
  now = addSeconds(now, seconds);
};
const rates: Record<string, number> = { sms: 2, slow: 0.5 };
let traffic: Traffic;

beforeEach(() => {
  now = new Date('2026-11-26T16:00:00Z');
  traffic = createTraffic(
    { now: () => now },
    (accountId) => rates[accountId],
    () => 0.5,
  );
});

/** How long each of these must wait, in seconds. */
const waits = (accountId: string, keys: string[], waitedFor = false): number[] =>
  keys.map((key) => {
    const turn = traffic.turn(accountId, key, waitedFor);
    return turn ? (turn.getTime() - now.getTime()) / 1_000 : 0;
  });

describe('the pace of an account', () => {
  test('a second’s worth leaves at once, then one at a time, evenly', () => {
    expect(waits('sms', ['a', 'b', 'c', 'd'])).toEqual([0, 0, 0.5, 1]);
    expect(waits('slow', ['a', 'b', 'c'])).toEqual([0, 2, 4]);
    expect(waits('unlimited', ['a', 'b', 'c'])).toEqual([0, 0, 0]);
  });

  test('who was told to wait keeps their place, and goes when it is due', () => {
    expect(waits('sms', ['a', 'b', 'c', 'd'])).toEqual([0, 0, 0.5, 1]);
    pass(0.5);
    expect(waits('sms', ['d', 'c', 'd'])).toEqual([0.5, 0, 0.5]);
    pass(0.5);
    expect(waits('sms', ['d', 'e'])).toEqual([0, 0.5]);
  });

  test('answers do not stand in line behind notices to many, and count', () => {
    const notices = Array.from({ length: 100 }, (_, i) => `notice ${i}`);
    expect(waits('sms', notices).at(-1)).toBe(49);
    expect(waits('sms', ['answer'], true)).toEqual([0]);
    expect(waits('sms', ['notice 100'])).toEqual([50]);
  });

  test('after a while of silence a burst is no longer than a second’s worth', () => {
    expect(waits('sms', ['a'])).toEqual([0]);
    pass(3_600);
    expect(waits('sms', ['b', 'c', 'd'])).toEqual([0, 0, 0.5]);
  });
});

describe('a pause that the provider asks for', () => {
  const pauses = (retryAfter: number) => (traffic.pause('sms', retryAfter).getTime() - now.getTime()) / 1_000;

  test('grows each time it is asked for again at once, and never is shorter than asked for', () => {
    const seen = Array.from({ length: 10 }, () => {
      const seconds = pauses(1);
      pass(seconds);
      return seconds;
    });
    expect(seen).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1.125));
    expect(pauses(900)).toBe(900 * 1.125);
  });

  test('what was under way together is one pause, and what it took before says nothing', () => {
    expect([pauses(1), pauses(1), pauses(1)]).toEqual([2.25, 2.25, 2.25]);
    traffic.goesOn('sms');
    pass(2.25);
    expect(pauses(1)).toBe(4.5);
  });

  test('begins short again once the provider takes messages', () => {
    pass(pauses(1));
    pass(pauses(1));
    traffic.goesOn('sms');
    expect(pauses(1)).toBe(2.25);
  });
});

describe('a provider that does not answer', () => {
  test('is left alone after the third time in a row, longer each time; one answer makes it begin anew', () => {
    const fault = () => {
      const until = traffic.fault('sms');
      return until && (until.getTime() - now.getTime()) / 1_000;
    };
    expect([fault(), fault()]).toEqual([null, null]);
    traffic.goesOn('sms');
    expect([fault(), fault(), fault(), fault()]).toEqual([null, null, 2.25, 2.25]);
    pass(3);
    expect(fault()).toBe(4.5);
    pass(5);
    traffic.goesOn('sms');
    expect([fault(), fault(), fault()]).toEqual([null, null, 2.25]);
  });
});
