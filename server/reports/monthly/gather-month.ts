import type { AppContext } from '../../context.ts';
import type { Locale } from '../../contract/errors.ts';
import { type FigureId, figureOf } from '../../contract/figures.ts';
import type { Operator } from '../../contract/http.ts';
import type { Report, ReportPeriod } from '../../contract/report.ts';
import { monthOf } from '../../contract/report-periods.ts';
import { type Shown, shown } from '../../contract/report-table.ts';
import type { Measured, ReportGrouping } from '../../contract/report-terms.ts';
import type { Db } from '../../database/database.ts';
import { makeReport } from '../report.ts';

export type MonthParts = Pick<AppContext, 'city' | 'clock'> & { db: Db };

/** One figure of the month, of the month before, and of the same month a year ago. */
export interface ThreeMonths {
  id: FigureId;
  now: Shown;
  before: Shown;
  yearAgo: Shown;
}

/** One part of something: a channel, a topic, a department. */
export interface MonthPart {
  key: string;
  label: string;
  now: Shown;
  before: Shown;
}

export interface Month {
  period: ReportPeriod;
  before: ReportPeriod;
  yearAgo: ReportPeriod;
  /** Nothing of it is over yet, or it is not: figures may still change. */
  running: boolean;
  figures: Record<FigureId, ThreeMonths>;
  volumeByDay: MonthPart[];
  serviceLevelByDay: MonthPart[];
  channels: MonthPart[];
  topics: MonthPart[];
  colonias: MonthPart[];
  /** With how many promises each had to keep. */
  departments: (MonthPart & { promised: number })[];
  protectedAtLeast: number | null;
  asOf: string;
}

/** Everything that the report of a month says. @param month `yyyy-mm` */
export async function gatherMonth(
  parts: MonthParts,
  reader: Pick<Operator, 'protectedGrant'>,
  month: string,
  locale: Locale,
): Promise<Month> {
  const period = monthOf(`${month}-01`);
  const before = monthOf(period.from, -1);
  const yearAgo = monthOf(period.from, -12);
  const make = (by: ReportGrouping, other: ReportPeriod): Promise<Report> =>
    makeReport(parts, reader, { ...period, by, compareFrom: other.from, compareTo: other.to }, locale);
  const [whole, wholeYearAgo] = [await make('none', before), await make('none', yearAgo)];
  const [day, channel, topic] = [await make('day', before), await make('channel', before), await make('topic', before)];
  const [colonia, department] = [await make('colonia', before), await make('department', before)];

  const of = (id: FigureId, measured: Measured | undefined): Shown =>
    measured === undefined ? null : shown(id, figureOf(id, measured));
  const partsOf = ({ groups, before: other, by }: Report, id: FigureId): MonthPart[] =>
    groups.map(({ key, label, measured }, index) => {
      const then = by === 'day' ? other?.groups[index] : other?.groups.find((each) => each.key === key);
      return { key, label, now: of(id, measured), before: of(id, then?.measured) };
    });
  const named = (all: MonthPart[]) => all.filter(({ key, now }) => key !== '' && now);

  return {
    period,
    before,
    yearAgo,
    running: parts.clock.now().toISOString().slice(0, 10) <= period.to,
    figures: Object.fromEntries(
      headFigures.map((id) => [
        id,
        {
          id,
          now: of(id, whole.total),
          before: of(id, whole.before?.total),
          yearAgo: of(id, wholeYearAgo.before?.total),
        },
      ]),
    ) as Month['figures'],
    volumeByDay: partsOf(day, 'volume'),
    serviceLevelByDay: partsOf(day, 'serviceLevel'),
    channels: partsOf(channel, 'volume').filter(({ now, before: then }) => now || then),
    topics: named(partsOf(topic, 'volume')),
    colonias: named(partsOf(colonia, 'volume')),
    departments: partsOf(department, 'promisesKept')
      .map((part, index) => ({ ...part, promised: department.groups[index]?.measured.promised ?? 0 }))
      .filter(({ promised }) => promised > 0)
      .sort((one, other) => (one.now ?? 1) - (other.now ?? 1)),
    protectedAtLeast: whole.protectedAtLeast,
    asOf: whole.asOf,
  };
}

/** The figures that the report speaks of, in the order in which it defines them. */
export const headFigures = [
  'volume',
  'answered',
  'serviceLevel',
  'speedOfAnswer',
  'abandonment',
  'firstContact',
  'satisfaction',
  'containment',
  'promisesKept',
  'openCases',
  'backlogAge',
] as const satisfies readonly FigureId[];
