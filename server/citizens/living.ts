import { sql } from 'kysely';
import { AppError } from '../contract/errors.ts';
import type { Db, Tx } from '../database/database.ts';

/** Any fixed number, the same for every server. */
const MERGES_LOCK = 4_200_011;

/** Merges and their undoing go one by one, of whichever server: who is who must not change in between. */
export async function oneMergeAtATime(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MERGES_LOCK})`.execute(tx);
}

/** Who somebody is by now: themselves, or the person they turned out to be. @throws AppError `not_found` */
export async function livingId(db: Db, id: string): Promise<string> {
  const living = (await livingIds(db, [id])).get(id);
  if (!living) throw new AppError('not_found');
  return living;
}

/** The same for many. Missing are those that never were. */
export async function livingIds(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ asked: string; id: string }>`
    with recursive who as (
      select id as asked, id, merged_into from citizen where id = any(${[...new Set(ids)]})
      union all
      select who.asked, c.id, c.merged_into from who join citizen c on c.id = who.merged_into
    )
    select asked, id from who where merged_into is null`.execute(db);
  return new Map(rows.map((row) => [row.asked, row.id]));
}
