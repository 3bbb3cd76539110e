import { sql } from 'kysely';
import { DateTime } from 'luxon';
import type { ReportPeriod } from '../../contract/report.ts';
import { monthOf } from '../../contract/report-periods.ts';
import type { Db } from '../../database/database.ts';
import { boundsOf, daysOf, type Instants } from '../report-period.ts';
import type { SumPart } from './sum-part.ts';

/** Where the counts of a period are read from, each day of it in one place. */
export interface Spans {
  /** First days of months that are summed as a whole. */
  months: string[];
  /** Days that are summed by themselves. */
  days: string[];
  /** Stretches whose counts changed since, or that are not over: counted from the source. */
  live: Instants[];
}

/**
 * @param days whether every day is asked for by itself
 */
export async function spansOf(
  db: Db,
  part: SumPart,
  { from, to }: Instants,
  now: Date,
  timeZone: string,
  days: boolean,
): Promise<Spans> {
  const period = periodOf({ from, to }, timeZone);
  const { rows } = await sql<{ day: string; zone: boolean }>`
    select distinct to_char(at at time zone ${timeZone}, 'YYYY-MM-DD') as day
    from sum_stale where part = ${part} and at >= ${from} and at < ${to}`.execute(db);
  const stale = new Set(rows.map(({ day }) => day));
  if (!(await isDrawnIn(db, timeZone))) return { months: [], days: [], live: [{ from, to }] };
  const today = DateTime.fromJSDate(now, { zone: timeZone }).toFormat('yyyy-MM-dd');
  return partsOf(period, (day) => day >= today || stale.has(day), days, timeZone);
}

/** Days of another zone are other days. */
async function isDrawnIn(db: Db, timeZone: string): Promise<boolean> {
  const { rows } = await sql<{ time_zone: string | null }>`select time_zone from sum_state where id = 1`.execute(db);
  return rows[0]?.time_zone === timeZone;
}

function periodOf({ from, to }: Instants, timeZone: string): ReportPeriod {
  const local = (at: Date) => DateTime.fromJSDate(at, { zone: timeZone });
  return { from: local(from).toFormat('yyyy-MM-dd'), to: local(to).minus({ days: 1 }).toFormat('yyyy-MM-dd') };
}

/** Parts a period of whole days, without a question to anybody. */
export function partsOf(
  period: ReportPeriod,
  isLive: (day: string) => boolean,
  byDay: boolean,
  timeZone: string,
): Spans {
  const all = daysOf(period);
  const whole = new Set(
    byDay ? [] : all.filter((day) => day.endsWith('-01')).filter((first) => isWhole(first, period, isLive)),
  );
  const spans: Spans = { months: [...whole], days: [], live: [] };
  let open: ReportPeriod | null = null;
  const close = () => {
    if (open) spans.live.push(boundsOf(open, { timeZone }));
    open = null;
  };
  for (const day of all) {
    if (isLive(day)) {
      open = { from: open ? (open as ReportPeriod).from : day, to: day };
      continue;
    }
    close();
    if (!whole.has(`${day.slice(0, 8)}01`)) spans.days.push(day);
  }
  close();
  return spans;
}

function isWhole(first: string, period: ReportPeriod, isLive: (day: string) => boolean): boolean {
  const month = monthOf(first);
  return month.from >= period.from && month.to <= period.to && !daysOf(month).some(isLive);
}
