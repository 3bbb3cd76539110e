import { sql } from 'kysely';
import type { contactMeasures } from '../../contract/report-terms.ts';
import type { Db } from '../../database/database.ts';
import { counted } from '../contact-measures.ts';
import type { Counting } from '../counted-contacts.ts';
import { type Instants, instantsOf } from '../report-period.ts';
import { contactCuts } from './cuts.ts';
import { spansOf } from './spans.ts';
import { columnOf, summed } from './sum-columns.ts';

/**
 * Where contacts of a measure are found, the first `enough` of them from `since` on, so that five in a year need not be
 * looked for among all of it. @returns undefined where the sums do not say: anywhere in the period
 */
export async function daysWith(
  db: Db,
  counting: Counting,
  measure: (typeof contactMeasures)[number],
  since: Date,
  enough: number,
): Promise<Instants[] | undefined> {
  const question = contactCuts.questionOf('day', counting.filter);
  if (!question || counted[measure].sum || !summed.some((each) => each === measure)) return undefined;
  const { now, timeZone, protectedToo } = counting;
  const { days, live } = await spansOf(db, 'contacts', counting, now, timeZone, true);
  const { rows } = await sql<{ day: string; count: number }>`
    select to_char(s.starts_on, 'YYYY-MM-DD') as day, sum(s.${sql.ref(columnOf(measure))})::bigint as count
    from contact_sum s
    where s.grain = 'day' and s.cut = ${question.cut} and s.starts_on = any(${days}::date[])
      and (${protectedToo} or not s.protected) and ${question.where}
    group by 1 having sum(s.${sql.ref(columnOf(measure))}) > 0 order by 1`.execute(db);
  const within: Instants[] = [];
  let found = 0;
  let last = counting.to;
  for (const { day, count } of rows) {
    const span = instantsOf({ from: day, to: day }, { timeZone });
    if (span.to <= since) continue;
    within.push(span);
    // Of the day that a page ends in, some have been shown.
    if (span.from >= since) found += count;
    if (found < enough) continue;
    last = span.to;
    break;
  }
  return [...within, ...live.filter(({ from, to }) => to > since && from < last)];
}
