import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facet, keyOf, tsqueryOf } from '../../server/search/clauses.ts';
import { readQuestion } from '../../server/search/read-question.ts';
import { shelfOf, shelvesFrom } from '../../server/search/shelves.ts';

describe('what somebody typed is taken apart', () => {
  test.each([
    ['229 123 4567', [{ kind: 'phone', digits: '2291234567' }]],
    ['+52 1 (229) 123-4567', [{ kind: 'phone', digits: '2291234567' }]],
    ['Ana@Example.org', [{ kind: 'email', text: 'ana@example.org' }]],
    ['ver-2026-123', [{ kind: 'folio', folio: 'ver2026000123' }]],
    ['#4711', [{ kind: 'ticket', number: 4711 }]],
    [
      'calle 12',
      [
        { kind: 'word', text: 'calle' },
        { kind: 'digits', digits: '12' },
      ],
    ],
    [
      'bache 2291234567 arista',
      [
        { kind: 'word', text: 'bache' },
        { kind: 'phone', digits: '2291234567' },
        { kind: 'word', text: 'arista' },
      ],
    ],
    [' ¿¡…!? ', []],
  ])('%s', (typed, terms) => {
    expect(readQuestion(typed)).toEqual(terms);
  });

  test('whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => readQuestion(typed).length <= 8));
  });
});

test.each(['rare', 'common'] as const)('every shelf is looked at once, the newest first: %s', (sought) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50_000_000 }), (newest) => {
      const shelves = shelvesFrom(newest, sought).flat();
      expect(shelves).toEqual(Array.from({ length: shelfOf(newest) + 1 }, (_, index) => shelfOf(newest) - index));
    }),
    { numRuns: 30 },
  );
});

test('nothing that is typed leaves its quotes', () => {
  expect(tsqueryOf([[keyOf.email(`'| \\'`)], [facet('queue', 'general')]], [3, 2])).toBe(
    `('3n''| \\\\''') & ('3=q:general') | ('2n''| \\\\''') & ('2=q:general')`,
  );
});
