import { describe, expect, test } from 'vitest';
import { byteRange } from '../../server/http/byte-range.ts';

describe('the part of a file that a player asks for', () => {
  test.each([
    ['bytes=0-', { first: 0, last: 99 }],
    ['bytes=10-19', { first: 10, last: 19 }],
    ['bytes=90-500', { first: 90, last: 99 }],
    ['bytes=-20', { first: 80, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
  ])('%s', (header, range) => {
    expect(byteRange(header, 100)).toEqual(range);
  });

  test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=0-1,5-9', 'items=0-5', 'bytes=20-10'])(
    'is the whole file for %s',
    (header) => {
      expect(byteRange(header, 100)).toBeNull();
    },
  );

  test.each(['bytes=100-', 'bytes=-0'])('does not exist for %s', (header) => {
    expect(byteRange(header, 100)).toBe('unsatisfiable');
  });
});
