import { execFile } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { promisify } from 'node:util';
import { beforeAll, expect, inject, test } from 'vitest';
import { createChance } from '../../server/sample-day/chance.ts';
import { checkPlayed } from '../../server/sample-day/check-command.ts';
import type { DayFigures } from '../../server/sample-day/figures/count-day.ts';
import { planDay } from '../../server/sample-day/plan/plan-day.ts';
import type { Checked } from '../../server/sample-day/reckoning/check-day.ts';
import { runDay } from '../../server/sample-day/run-day.ts';
import { sampleCity } from '../support/sample-city.ts';

/** The height of a rainy afternoon, by every channel, in which some people come to work and others go home. */
const from = new Date('2026-09-09T17:30:00-06:00');
const HOURS = 0.6;
const SCALE = 0.2;
const SEED = 7;

let figures: DayFigures;
let checked: Checked;

beforeAll(async () => {
  const run = {
    seed: SEED,
    from,
    until: new Date(from.getTime() + HOURS * 3_600_000),
    scale: SCALE,
    city: 'veracruz',
    folioPrefix: 'DIA',
    quietSeconds: 0,
    postgresUrl: inject('postgresUrl'),
  };
  await runDay(run, async (played) => {
    figures = played.figures;
    checked = await checkPlayed(played, run);
  });
}, 900_000);

test('reports and board equal what another reckoning makes of the raw events, and parts add up to wholes', () => {
  expect(checked.differences).toEqual([]);
  expect(checked.numbers).toBeGreaterThan(1_000);
  const { volume, serviceLevel, occupancy, containment, handleTime } = checked.figures;
  expect(volume.told).toBe(figures.contacts);
  for (const { told } of [serviceLevel, occupancy, containment, handleTime]) expect(told).toBeGreaterThan(0);
});

test('the same seed plays the same day, in a process of its own that has less of the machine', {
  timeout: 900_000,
}, async () => {
  expect(figures.failedJobs).toBe(0);
  expect(figures.answered).toBeGreaterThan(0);
  const options = { seed: SEED, scale: SCALE, hours: HOURS, from: from.toISOString() };
  const running = promisify(execFile)(process.execPath, [
    'server/simulate.ts',
    '--day',
    '--json',
    ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
  ]);
  setPriority(running.child.pid ?? 0, constants.priority.PRIORITY_LOW);
  expect(JSON.parse((await running).stdout)).toEqual(figures);
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
