import type { AppContext } from '../context.ts';
import type { Operator } from '../contract/http.ts';
import type {
  Narrowed,
  PeriodFigures,
  Report,
  ReportFilter,
  ReportGroup,
  ReportPeriod,
  ReportQuery,
} from '../contract/report.ts';
import {
  caseMeasures,
  contactMeasures,
  type Measure,
  type Measured,
  peopleMeasures,
  type ReportGrouping,
  reportFilters,
} from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import { countCases } from './count-cases.ts';
import { countContacts, countProtected } from './count-contacts.ts';
import { countPeople } from './count-people.ts';
import type { Counting } from './counted-contacts.ts';
import { type LabelGroup, type Locale, loadLabels } from './label-groups.ts';
import { daysOf, instantsOf } from './report-period.ts';

type Parts = Pick<AppContext, 'city' | 'clock'> & { db: Db };

/** The counts behind every figure, of one period or two. @throws AppError `invalid_input` for a period that is none */
export async function makeReport(
  parts: Parts,
  reader: Pick<Operator, 'protectedGrant'>,
  query: ReportQuery,
  locale: Locale,
): Promise<Report> {
  const { city, clock, db } = parts;
  const { by, from, to, compareFrom, compareTo, ...filter } = query;
  const now = clock.now();
  const label = await loadLabels(db, city, by, locale);
  const countingOf = (period: ReportPeriod): Counting => ({
    ...instantsOf(period, city),
    now,
    timeZone: city.timeZone,
    filter,
    protectedToo: reader.protectedGrant,
  });
  const count = (period: ReportPeriod) => countPeriod(db, by, period, countingOf(period), label);
  const before = compareFrom && compareTo ? { from: compareFrom, to: compareTo } : null;
  return {
    by,
    narrowed: await nameFilters(parts, filter, locale),
    ...(await count({ from, to })),
    before: before ? await count(before) : null,
    protectedAtLeast: reader.protectedGrant ? null : await countProtected(db, countingOf({ from, to })),
    asOf: now.toISOString(),
  };
}

/** What a report is narrowed to, in the reader's words. */
export async function nameFilters(
  { db, city }: Pick<Parts, 'db' | 'city'>,
  filter: ReportFilter,
  locale: Locale,
): Promise<Narrowed[]> {
  const narrowed: Narrowed[] = [];
  for (const by of reportFilters) {
    const key = filter[by];
    if (key === undefined) continue;
    narrowed.push({ by, key, label: (await loadLabels(db, city, by, locale))(key) });
  }
  return narrowed;
}

async function countPeriod(
  db: Db,
  by: ReportGrouping,
  period: ReportPeriod,
  counting: Counting,
  label: LabelGroup,
): Promise<PeriodFigures> {
  const parted = [
    { counts: await countContacts(db, by, counting), none: zeros(contactMeasures) },
    { counts: await countPeople(db, by, counting), none: zeros(peopleMeasures) },
    { counts: await countCases(db, by, counting), none: zeros(caseMeasures) },
  ];
  const keys = new Set([...everyKey(by, period), ...parted.flatMap(({ counts }) => [...(counts?.keys() ?? [])])]);
  const groups = [...keys].map((key) => ({
    key,
    label: label(key),
    measured: Object.assign({}, ...parted.map(({ counts, none }) => counts && (counts.get(key) ?? none))) as Measured,
  }));
  return {
    period,
    groups: inOrder(by, groups),
    total: sumOf(groups, Object.assign({}, ...parted.map(({ counts, none }) => counts && none))),
  };
}

const zeros = (measures: readonly Measure[]): Measured => Object.fromEntries(measures.map((each) => [each, 0]));

/** Hours and days in which nothing happened are told, too. */
function everyKey(by: ReportGrouping, period: ReportPeriod): string[] {
  if (by === 'none') return [''];
  if (by === 'hour') return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
  return by === 'day' ? daysOf(period) : [];
}

function inOrder(by: ReportGrouping, groups: ReportGroup[]): ReportGroup[] {
  if (by === 'hour' || by === 'day') return groups.sort((a, b) => (a.key < b.key ? -1 : 1));
  const size = ({ measured: { contacts, openCases, promised, staffedSeconds } }: ReportGroup): number =>
    contacts ?? (openCases ?? 0) + (promised ?? 0) + (staffedSeconds ?? 0);
  return groups.sort((a, b) => size(b) - size(a) || a.label.localeCompare(b.label, 'es'));
}

function sumOf(groups: readonly ReportGroup[], nothing: Measured): Measured {
  const total: Record<string, number> = { ...nothing };
  for (const { measured } of groups) {
    for (const [measure, value] of Object.entries(measured)) total[measure] = (total[measure] ?? 0) + value;
  }
  return total;
}
