import { type RawBuilder, sql } from 'kysely';
import { DateTime } from 'luxon';
import { caseMeasures, type Measured, type ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import { askedCases, caseGroupOf, countedCase, countedCases, lastDay, partsCases } from './counted-cases.ts';
import type { Counting } from './counted-contacts.ts';
import { boundsOf, type Instants } from './report-period.ts';
import { caseChanges, dayOf } from './sums/case-changes.ts';
import { caseCuts, type Question } from './sums/cuts.ts';
import { type Spans, spansOf } from './sums/spans.ts';

type Row = { key: string } & Measured;

/**
 * Promises and what is open, by group; null where cases are not parted so. Promises are those of the period; what is
 * open is everything that was opened since the first day, less what was closed.
 */
export async function countCases(
  db: Db,
  by: ReportGrouping,
  counting: Counting,
): Promise<Map<string, Measured> | null> {
  const group = caseGroupOf(by);
  if (!group || !partsCases(counting.filter)) return null;
  const question = caseCuts.questionOf(by, counting.filter);
  const rows = question ? await addChanges(db, group, question, counting) : await countOneByOne(db, group, counting);
  return new Map(rows.map(({ key, ...measured }) => [key, measured]));
}

async function addChanges(db: Db, group: RawBuilder<string>, question: Question, counting: Counting): Promise<Row[]> {
  const { to, now, timeZone, protectedToo } = counting;
  const from = await firstMidnight(db, timeZone);
  if (!from) return [];
  const midnight = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day').plus({ days: 1 }).toJSDate();
  const past: Instants = { from, to: to < midnight ? to : midnight };
  const promised = await spansOf(db, 'cases', counting, now, timeZone, false);
  const opened = past.from < past.to ? await spansOf(db, 'cases', past, now, timeZone, false) : nowhere;
  const summed = ({ months, days }: Spans) => sql`
    from case_sum s where s.cut = ${question.cut} and (${protectedToo} or not s.protected) and ${question.where}
      and ((s.grain = 'month' and s.starts_on = any(${months}::date[]))
        or (s.grain = 'day' and s.starts_on = any(${days}::date[])))`;
  const live = caseChanges(promised.live, opened.live, {
    timeZone,
    before: sql`(${now}::timestamptz at time zone ${timeZone})::date`,
  });
  const { rows } = await sql<Row>`
    select key, sum(promised)::bigint as promised, sum(promises_kept)::bigint as "promisesKept",
      sum(opened)::bigint as "openCases",
      (sum(opened) * ${dayOf(lastDay(counting))} - sum(opened_days))::bigint as "openCaseDays"
    from (
      select ${question.key} as key, s.promised, s.promises_kept, 0 as opened, 0 as opened_days ${summed(promised)}
      union all
      select ${question.key}, 0, 0, s.opened, s.opened_days ${summed(opened)}
      union all
      select ${group}, k.promised, k.promises_kept, k.opened, k.opened_days
      from (select * from ${live} c where ${askedCases(counting)}) k
    ) parts
    group by key having sum(promised) <> 0 or sum(opened) <> 0`.execute(db);
  return rows;
}

const nowhere: Spans = { months: [], days: [], live: [] };

/** When the first day begins that anything is known of. */
async function firstMidnight(db: Db, timeZone: string): Promise<Date | null> {
  const { rows } = await sql<{ day: string | null }>`
    select to_char(least(
      (select min(starts_on) from case_sum where grain = 'month' and cut = 'all'),
      (select min(at) at time zone ${timeZone} from sum_stale where part = 'cases')::date
    ), 'YYYY-MM-DD') as day`.execute(db);
  const day = rows[0]?.day;
  return day ? boundsOf({ from: day, to: day }, { timeZone }).from : null;
}

async function countOneByOne(db: Db, group: RawBuilder<string>, counting: Counting): Promise<Row[]> {
  const columns = caseMeasures.map((measure) => {
    const { when, sum } = countedCase[measure];
    const value = sum ? sql`coalesce(sum(${sum}) filter (where ${when}), 0)` : sql`count(*) filter (where ${when})`;
    return sql`${value} as ${sql.ref(measure)}`;
  });
  const { rows } = await sql<Row>`
    select key, ${sql.join(columns)} from (select k.*, ${group} as key from ${countedCases(counting)} k) k
    group by key`.execute(db);
  return rows;
}
