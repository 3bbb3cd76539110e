import { sql } from 'kysely';
import { caseMeasures, type Measured, type ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import { caseGroupOf, countedCase, countedCases } from './counted-cases.ts';
import type { Counting } from './counted-contacts.ts';

/** Promises and what is open, by group; null where cases are not parted so. */
export async function countCases(
  db: Db,
  by: ReportGrouping,
  counting: Counting,
): Promise<Map<string, Measured> | null> {
  const group = caseGroupOf(by);
  const cases = countedCases(counting);
  if (!group || !cases) return null;
  const columns = caseMeasures.map((measure) => {
    const { when, sum } = countedCase[measure];
    const value = sum ? sql`coalesce(sum(${sum}) filter (where ${when}), 0)` : sql`count(*) filter (where ${when})`;
    return sql`${value} as ${sql.ref(measure)}`;
  });
  const { rows } = await sql<{ key: string } & Measured>`
    select key, ${sql.join(columns)} from (select k.*, ${group} as key from ${cases} k) k group by key`.execute(db);
  return new Map(rows.map(({ key, ...measured }) => [key, measured]));
}
