import { expect, test } from 'vitest';
import { opinionOf } from '../../softphone/opinion.ts';
import { sessionOf } from '../../softphone/session-of.ts';

const good = { roundTripMs: 30, jitterMs: 2, lost: 0 };

test('a good line sounds as good as a telephone, and each fault makes it worse', () => {
  expect(opinionOf(good)).toBeGreaterThan(4.3);
  expect(opinionOf({ ...good, lost: 0.02 })).toBeLessThan(opinionOf(good));
  expect(opinionOf({ ...good, roundTripMs: 500 })).toBeLessThan(opinionOf({ ...good, roundTripMs: 200 }));
  expect(opinionOf({ ...good, jitterMs: 80 })).toBeLessThan(opinionOf(good));
});

test('a line that loses a third is useless, and no score leaves its scale', () => {
  expect(opinionOf({ ...good, lost: 0.33 })).toBeLessThan(1.5);
  expect(opinionOf({ roundTripMs: 9_000, jitterMs: 900, lost: 1 })).toBeGreaterThanOrEqual(1);
});

test('a page that was loaded again is known by the session of its offer', () => {
  expect(sessionOf('v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\n')).toBe('4611731400430051336');
  expect(sessionOf('v=0\r\ns=-\r\n')).toBeNull();
});
