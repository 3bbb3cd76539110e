import type { Found, Report, Usual } from '../../server/board/surge/find-surges.ts';
import { findSurges } from '../../server/board/surge/find-surges.ts';
import { usualFrom } from '../../server/board/surge/usual.ts';
import { wholeCity, type Zone } from '../../server/board/surge/zones.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** A city where nothing happens but the usual: by the hour, some topics and places more than others. */
export interface QuietCity {
  zones: readonly Zone[];
  /** What other weeks had around an hour of the day. */
  usualAt(hour: number): Usual;
  /** Reports of one day, from its midnight on. */
  day(random: SeededRandom): Report[];
}

export const midnight = Date.UTC(2026, 10, 18);
const HOUR = 3_600_000;
const WEEKS = 8;
const TOPICS = 30;
const COLONIAS = 64;
/** Reports in each hour of a day: some 1,000, as a city of 430,000 has them. */
const HOURLY = [6, 4, 3, 3, 4, 10, 25, 50, 75, 90, 95, 90, 85, 75, 70, 65, 60, 55, 45, 35, 25, 18, 12, 8];

export function quietCity(seed: number): QuietCity {
  const ids = Array.from({ length: COLONIAS }, (_, index) => `colonia-${index}`);
  const around = (index: number) => [index, index + 1, index + 8, index - 1, index - 8].flatMap((at) => ids[at] ?? []);
  const zones = [
    ...ids.map((id) => ({ id, coloniaIds: [id] })),
    ...ids.map((id, index) => ({ id: `${id}+`, coloniaIds: around(index) })),
    wholeCity,
  ];
  const past = seededRandom(seed);
  const weeks = Array.from({ length: WEEKS }, () => day(past));
  const usuals = HOURLY.map((_, hour) => {
    const history = weeks.flat().filter(({ at }) => Math.abs((at.getTime() - midnight) / HOUR - hour - 0.5) <= 1.5);
    return usualFrom(history, WEEKS * 3, COLONIAS);
  });
  return { zones, day, usualAt: (hour) => usuals[hour] as Usual };
}

function day(random: SeededRandom): Report[] {
  return HOURLY.flatMap((mean, hour) =>
    Array.from({ length: poisson(random, mean) }, () => ({
      topicId: `topic-${few(random, TOPICS)}`,
      coloniaId: random.below(10) < 7 ? `colonia-${few(random, COLONIAS)}` : null,
      citizenId: `citizen-${random.below(1_000_000)}`,
      at: new Date(midnight + hour * HOUR + random.below(HOUR)),
      point: null,
    })),
  );
}

/** Most of the first ones: the tenth is named a tenth as often. */
function few(random: SeededRandom, of: number): number {
  const at = Math.floor(of ** (random.below(1_000_000) / 1_000_000)) - 1;
  return Math.min(of - 1, at);
}

function poisson(random: SeededRandom, mean: number): number {
  let count = 0;
  for (let left = mean; ; count += 1) {
    left += Math.log(1 - random.below(1_000_000) / 1_000_000);
    if (left < 0) return count;
  }
}

/** Alarms of a day that is looked at every few minutes; the same topic within two hours is the same alarm. */
export function alarmsOfDay(
  city: QuietCity,
  reports: readonly Report[],
  everyMinutes = 5,
  mostChance?: number,
): Found[] {
  const alarms: Found[] = [];
  const told = new Map<string, number>();
  for (let minute = everyMinutes; minute <= 24 * 60; minute += everyMinutes) {
    const now = new Date(midnight + minute * 60_000);
    const recent = reports.filter(({ at }) => at <= now && now.getTime() - at.getTime() < HOUR);
    const hour = Math.min(23, Math.floor((minute - 1) / 60));
    for (const found of findSurges(recent, city.zones, city.usualAt(hour), now, mostChance)) {
      if (minute - (told.get(found.topicId) ?? Number.NEGATIVE_INFINITY) > 120) alarms.push(found);
      told.set(found.topicId, minute);
    }
  }
  return alarms;
}
