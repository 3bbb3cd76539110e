import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOfAtLeast } from '../../server/board/surge/chance.ts';
import { FEWEST_PEOPLE, findSurges, type Report } from '../../server/board/surge/find-surges.ts';
import { alarmsOfDay, midnight, quietCity } from '../support/quiet-city.ts';
import { seededRandom } from '../support/seeded-random.ts';

const city = quietCity(1);
const at = (minute: number) => new Date(midnight + minute * 60_000);
const leak = (minute: number, person: string, coloniaId: string | null = 'colonia-20'): Report => ({
  topicId: 'topic-12',
  coloniaId,
  citizenId: person,
  at: at(minute),
  point: null,
});
const anyReport = fc.record({
  topicId: fc.constantFrom('topic-1', 'topic-12', 'topic-25'),
  coloniaId: fc.constantFrom('colonia-3', 'colonia-4', 'colonia-20', null),
  citizenId: fc.constantFrom(...'abcdefghijklmnop'),
  at: fc.integer({ min: 540, max: 600 }).map(at),
  point: fc.constant(null),
});
const found = (reports: readonly Report[], minute = 600) =>
  findSurges(reports, city.zones, city.usualAt(9), at(minute));

test('a burst main on a busy morning is told before the tenth call, and where it is', () => {
  const usualMorning = city.day(seededRandom(7)).filter((report) => report.at < at(600) && report.at > at(540));
  const needed = Array.from({ length: 9 }, (_, calls) => calls + 1).find((calls) => {
    const burst = Array.from({ length: calls }, (_, call) => leak(575 + call * 2, `neighbour-${call}`));
    return found([...usualMorning, ...burst]).some(({ topicId }) => topicId === 'topic-12');
  });
  expect(needed).toBeLessThanOrEqual(6);

  const neighbours = ['colonia-20', 'colonia-21', 'colonia-20', 'colonia-12', 'colonia-28', 'colonia-19', 'colonia-20'];
  const burst = neighbours.map((colonia, call) => leak(580 + call * 2, `neighbour-${call}`, colonia));
  const [surge] = found([...usualMorning, ...burst]).filter(({ topicId }) => topicId === 'topic-12');
  expect(surge?.zone.id).toBe('colonia-20+');
  expect(surge?.reports).toHaveLength(7);
});

test('a quiet day gives a false alarm once in weeks', () => {
  const days = [1, 2, 3, 4].flatMap((seed) => {
    const quiet = quietCity(seed);
    const random = seededRandom(seed + 100);
    return Array.from({ length: 5 }, () => alarmsOfDay(quiet, quiet.day(random), 5).length);
  });
  expect(days.reduce((sum, alarms) => sum + alarms, 0)).toBeLessThanOrEqual(2);
});

test('whatever is told: the order says nothing, nobody counts twice, and no report is in two surges', () => {
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 60 }), (reports) => {
      const surges = found(reports);
      const same = (list: typeof surges) =>
        list.map(({ topicId, zone, reports: of }) => `${topicId} ${zone.id} ${of.length}`).sort();
      expect(same(found([...reports].reverse()))).toEqual(same(surges));
      for (const surge of surges) {
        const people = new Set(surge.reports.map(({ citizenId }) => citizenId));
        expect(people.size).toBe(surge.reports.length);
        expect(people.size).toBeGreaterThanOrEqual(FEWEST_PEOPLE);
        expect(surge.reports.every(({ topicId }) => topicId === surge.topicId)).toBe(true);
      }
      const told = surges.flatMap(({ topicId, reports: of }) => of.map(({ citizenId }) => `${topicId} ${citizenId}`));
      expect(new Set(told).size).toBe(told.length);
    }),
  );
});

test('one who calls ten times is no surge, and what is an hour old is over', () => {
  expect(found(Array.from({ length: 10 }, (_, call) => leak(590 + call, 'the same')))).toEqual([]);
  expect(found(Array.from({ length: 10 }, (_, call) => leak(500 + call, `neighbour-${call}`)))).toEqual([]);
});

test('more people are never less surprising, and where more are usual it takes more of them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.5, max: 200, noNaN: true }),
      fc.double({ min: 0.001, max: 40, noNaN: true }),
      (count, shape, mean) => {
        const chance = chanceOfAtLeast(count, shape, mean);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOfAtLeast(count + 1, shape, mean)).toBeLessThanOrEqual(chance);
        expect(chanceOfAtLeast(count, shape, mean * 1.5)).toBeGreaterThanOrEqual(chance - 1e-9);
      },
    ),
  );
  // Known by heart it is Poisson's: 4 or more where 1 is usual.
  expect(chanceOfAtLeast(4, 1e7, 1)).toBeCloseTo(0.018988, 5);
});
