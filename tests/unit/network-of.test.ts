import { expect, test } from 'vitest';
import { networkOf } from '../../server/realtime/network-of.ts';

test('whoever has a network of addresses to themselves is one', () => {
  const one = networkOf('2806:2f0:9020:0a1b::1');
  expect(networkOf('2806:2f0:9020:a1b:ffff:1:2:3')).toBe(one);
  expect(networkOf('2806:02F0:9020:A1B::')).toBe(one);
  expect(networkOf('2806:2f0:9020:a1c::1')).not.toBe(one);
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
});

test('an address of the older kind is its own, however it is written', () => {
  expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(networkOf('203.0.113.8')).not.toBe(networkOf('203.0.113.7'));
});
