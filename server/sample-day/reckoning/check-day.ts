import { DateTime } from 'luxon';
import type { Board } from '../../contract/board.ts';
import type { City } from '../../contract/city.ts';
import { type FigureId, figureIds, figureOf } from '../../contract/figures.ts';
import type { Report } from '../../contract/report.ts';
import {
  type Measure,
  type Measured,
  measures,
  type ReportGrouping,
  reportGroupings,
} from '../../contract/report-terms.ts';
import type { RawDay } from './raw-day.ts';
import { reckonBoard } from './reckon-board.ts';
import { reckonContacts, reckonReport } from './reckon-report.ts';

/** The API, as somebody asks who may count what is protected. */
export interface Told {
  report(query: { from: string; to: string; by: ReportGrouping }): Promise<Report>;
  board(): Promise<Board>;
}

/** One number that was told otherwise than it was reckoned. */
export interface Difference {
  /** Such as `inTime by queue: servicios`. */
  what: string;
  told: unknown;
  reckoned: unknown;
}

export interface Checked {
  /** The figures of the whole period, as told and as reckoned. */
  figures: Record<FigureId, { told: number | null; reckoned: number | null }>;
  /** How many numbers were compared. */
  numbers: number;
  differences: Difference[];
}

/**
 * Compares what reports and board say of a day with what is reckoned from its raw events, number by number, and every
 * whole with the sum of its parts.
 */
export async function checkDay(
  day: RawDay,
  city: Pick<City, 'timeZone'>,
  { now, days }: { now: Date; days: { from: string; to: string } },
  told: Told,
): Promise<Checked> {
  const contacts = reckonContacts(day, city, now);
  const reckoned = reckonReport(day, contacts, city, { ...days, now });
  const checked: Checked = { figures: {} as Checked['figures'], numbers: 0, differences: [] };
  const compare = (what: string, one: unknown, other: unknown) => {
    checked.numbers += 1;
    if (JSON.stringify(one) !== JSON.stringify(other)) checked.differences.push({ what, told: one, reckoned: other });
  };

  for (const by of reportGroupings) {
    const { groups, total } = await told.report({ ...days, by });
    const ours = reckoned(by);
    const known = new Map(groups.map(({ key, measured }) => [key, measured]));
    for (const measure of measuresOf(total)) {
      for (const key of new Set([...known.keys(), ...ours.keys()])) {
        compare(`${measure} by ${by}: ${key}`, known.get(key)?.[measure] ?? 0, ours.get(key)?.[measure] ?? 0);
      }
      compare(`${measure} by ${by}, in all`, total[measure], sumOf(ours.values(), measure));
      compare(`${measure} by ${by}, its parts`, sumOf(known.values(), measure), total[measure]);
    }
    if (by === 'none') figuresOf(checked, total, ours.get('') ?? {});
  }

  const midnight = DateTime.fromJSDate(now, { zone: city.timeZone }).toFormat('yyyy-MM-dd');
  if (days.to === midnight) {
    const { cells, contacts: counts, bot, line } = await told.board();
    const ours = reckonBoard(contacts, city, now);
    compare('board: contacts', counts, ours.contacts);
    compare('board: bot', bot, ours.bot);
    for (const each of ['opened', 'answered', 'abandoned', 'serviceLevel'] as const) {
      compare(`board: ${each} by half hour`, line[each], ours.line[each]);
    }
    const nothing = [0, 0, 0, 0, 0];
    const today = Object.fromEntries(
      cells.map(({ queueId, channel, today: { answered, inTime, abandoned, abandonedLate, waitingLate } }) => [
        `${queueId} ${channel}`,
        [answered, inTime, abandoned, abandonedLate, waitingLate],
      ]),
    );
    for (const key of new Set([...Object.keys(today), ...Object.keys(ours.today)])) {
      compare(`board: today in ${key}`, today[key] ?? nothing, ours.today[key] ?? nothing);
    }
  }
  return checked;
}

const measuresOf = (total: Measured): Measure[] => measures.filter((measure) => total[measure] !== undefined);

const sumOf = (all: Iterable<Measured>, measure: Measure): number =>
  [...all].reduce((sum, measured) => sum + (measured[measure] ?? 0), 0);

function figuresOf({ figures }: Checked, told: Measured, reckoned: Measured): void {
  for (const id of figureIds) figures[id] = { told: figureOf(id, told), reckoned: figureOf(id, reckoned) };
}
