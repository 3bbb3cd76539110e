import { describe, expect, test } from 'vitest';
import { byteRange, partOf } from '../../server/http/byte-range.ts';

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

test('the part is cut out of the file as it is read, chunk by chunk', async () => {
  async function* letters() {
    for (const chunk of ['abcd', 'efgh', 'ijkl', 'mnop']) yield Buffer.from(chunk);
  }
  const part = async (first: number, last: number) => {
    const chunks: Buffer[] = [];
    for await (const chunk of partOf(letters(), { first, last })) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  expect(await part(0, 0)).toBe('a');
  expect(await part(2, 9)).toBe('cdefghij');
  expect(await part(4, 7)).toBe('efgh');
  expect(await part(15, 15)).toBe('p');
});
