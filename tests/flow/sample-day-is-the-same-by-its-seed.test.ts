import { expect, inject, test } from 'vitest';
import { createChance } from '../../server/sample-day/chance.ts';
import type { DayFigures } from '../../server/sample-day/figures/count-day.ts';
import { planDay } from '../../server/sample-day/plan/plan-day.ts';
import { runDay } from '../../server/sample-day/run-day.ts';
import { sampleCity } from '../support/sample-city.ts';

/** A quarter of an hour of a rainy afternoon, by every channel. */
const from = new Date('2026-09-09T16:30:00-06:00');

const play = (seed: number): Promise<DayFigures> =>
  runDay(
    {
      seed,
      from,
      until: new Date(from.getTime() + 15 * 60_000),
      scale: 0.15,
      city: 'veracruz',
      folioPrefix: 'DIA',
      quietSeconds: 0,
      postgresUrl: inject('postgresUrl'),
    },
    async (_centre, figures) => figures,
  );

test('the same seed plays the same day', { timeout: 600_000 }, async () => {
  const first = await play(7);
  expect(first.contacts).toBeGreaterThan(0);
  expect(first.messages.out).toBeGreaterThan(0);
  expect(first.failedJobs).toBe(0);
  expect(await play(7)).toEqual(first);
});

test('another seed is another day', async () => {
  const city = await sampleCity();
  const people = (seed: number) =>
    planDay({
      city,
      chance: createChance(seed),
      from,
      until: new Date(from.getTime() + 3_600_000),
      scale: 1,
      channels: ['voice', 'chat'],
    }).map(({ resident, at }) => [resident.name, at]);
  expect(people(7)).toEqual(people(7));
  expect(people(8)).not.toEqual(people(7));
});
