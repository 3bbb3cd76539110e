import type { Point } from '../../contract/place.ts';
import { chanceOfAtLeast } from './chance.ts';
import type { Zone } from './zones.ts';

/** Somebody told of something, somewhere. */
export interface Report {
  topicId: string;
  coloniaId: string | null;
  /** Who: told twice it is one. */
  citizenId: string;
  at: Date;
  point: Point | null;
}

/** What other weeks had at this hour of this weekday. */
export interface Usual {
  /** Reports then, of a topic in a zone. */
  seen(topicId: string, zone: Zone): number;
  /** Hours that were watched for them. */
  hours: number;
  /** Reports an hour that one would believe in without having watched. */
  believed(topicId: string, zone: Zone): number;
}

export interface Found {
  topicId: string;
  zone: Zone;
  minutes: number;
  /** Different people, the first one first. */
  reports: Report[];
  usual: number;
  /** How likely so many would be on a usual day, in this topic, zone and window. */
  chance: number;
}

const WINDOWS_MINUTES = [15, 30, 60] as const;
/** Two neighbours and a friend are no surge, however quiet the place. */
export const FEWEST_PEOPLE = 4;
/**
 * What is not surprising enough to be told. Thousands of topics, places and windows are looked at all day long, so each
 * must surprise far more than one alone would have to: `tests/unit/surges.test.ts` measures what this comes to.
 */
export const MOST_CHANCE = 2e-6;

/**
 * Where more people tell of one topic than other weeks explain: for every topic, zone and window how likely that many
 * would be, the least likely first, each report told of once. The smallest zone wins among equals.
 */
export function findSurges(
  reports: readonly Report[],
  zones: readonly Zone[],
  usual: Usual,
  now: Date,
  mostChance = MOST_CHANCE,
): Found[] {
  return [...byTopic(reports)].flatMap(([topicId, all]) => surgesOfTopic(topicId, all, zones, usual, now, mostChance));
}

function surgesOfTopic(
  topicId: string,
  reports: Report[],
  zones: readonly Zone[],
  usual: Usual,
  now: Date,
  mostChance: number,
): Found[] {
  const found: Found[] = [];
  let left = onePerPerson(reports.filter(({ at }) => minutesBefore(now, at) < longestWindow));
  while (left.length >= FEWEST_PEOPLE) {
    const best = mostSurprising(topicId, left, zones, usual, now);
    if (!best || best.chance > mostChance) break;
    found.push(best);
    const told = new Set(best.reports);
    left = left.filter((report) => !told.has(report));
  }
  return found;
}

function mostSurprising(
  topicId: string,
  reports: readonly Report[],
  zones: readonly Zone[],
  usual: Usual,
  now: Date,
): Found | null {
  let best: Found | null = null;
  for (const zone of zones) {
    const here = reports.filter((report) => isIn(zone, report));
    if (here.length < FEWEST_PEOPLE) continue;
    for (const minutes of WINDOWS_MINUTES) {
      const within = here.filter(({ at }) => minutesBefore(now, at) < minutes);
      if (within.length < FEWEST_PEOPLE) continue;
      const { chance, mean } = surprise(within.length, topicId, zone, usual, minutes / 60);
      if (!best || chance < best.chance) best = { topicId, zone, minutes, reports: within, usual: mean, chance };
    }
  }
  return best;
}

function surprise(count: number, topicId: string, zone: Zone, usual: Usual, hours: number) {
  const believed = usual.believed(topicId, zone);
  const shape = BELIEF + usual.seen(topicId, zone);
  const mean = (shape / (BELIEF / believed + usual.hours)) * hours;
  return { chance: chanceOfAtLeast(count, shape, mean), mean };
}

/** How much what is believed weighs beside what was seen: as one report. */
const BELIEF = 1;

const longestWindow = Math.max(...WINDOWS_MINUTES);
const minutesBefore = (now: Date, at: Date): number => (now.getTime() - at.getTime()) / 60_000;
const isIn = (zone: Zone, { coloniaId }: Report): boolean =>
  zone.coloniaIds.length === 0 || (coloniaId !== null && zone.coloniaIds.includes(coloniaId));

function onePerPerson(reports: readonly Report[]): Report[] {
  const first = new Map<string, Report>();
  for (const report of [...reports].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    const known = first.get(report.citizenId);
    // Where somebody says it again with its place, the place is what counts.
    if (!known || (known.coloniaId === null && report.coloniaId !== null)) {
      first.set(report.citizenId, known ? { ...report, at: known.at } : report);
    }
  }
  return [...first.values()].sort((one, other) => one.at.getTime() - other.at.getTime());
}

function byTopic(reports: readonly Report[]): Map<string, Report[]> {
  const topics = new Map<string, Report[]>();
  for (const report of reports) {
    const list = topics.get(report.topicId);
    if (list) list.push(report);
    else topics.set(report.topicId, [report]);
  }
  return topics;
}
