import { sql } from 'kysely';
import { contactMeasures, type Measured, type ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import { counted } from './contact-measures.ts';
import { type Counting, countedContacts, groupOf } from './counted-contacts.ts';

/** Every count of contacts, by group; null where contacts are not parted so. */
export async function countContacts(
  db: Db,
  by: ReportGrouping,
  counting: Counting,
): Promise<Map<string, Measured> | null> {
  const group = groupOf(by, counting.timeZone);
  if (!group) return null;
  const columns = contactMeasures.map((measure) => {
    const { when, sum } = counted[measure];
    const value = sum ? sql`coalesce(sum(${sum}) filter (where ${when}), 0)` : sql`count(*) filter (where ${when})`;
    return sql`${value} as ${sql.ref(measure)}`;
  });
  const { rows } = await sql<{ key: string } & Measured>`
    select key, ${sql.join(columns)}
    from (select f.*, ${group} as key from ${countedContacts(counting)} f) f
    group by key`.execute(db);
  return new Map(rows.map(({ key, ...measured }) => [key, measured]));
}

/** How many protected contacts the reader's figures leave out, in steps of five: of few, a number tells too much. */
export async function countProtected(db: Db, counting: Counting): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${countedContacts({ ...counting, protectedToo: true })} f where f.protected`.execute(
    db,
  );
  return Math.floor((rows[0]?.count ?? 0) / 5) * 5;
}
