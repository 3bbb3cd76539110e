import { sql } from 'kysely';
import { addSeconds } from '../../clock.ts';
import type { RetentionPreview } from '../../contract/data.ts';
import type { RetentionClass } from '../../contract/data-words.ts';
import type { Db } from '../../database/database.ts';
import { terms } from './terms.ts';

const DAY_SECONDS = 86_400;
const SOON_DAYS = 30;
/** Counted no further: beyond it a number says nothing more. */
const COUNTED = 100_000;

/**
 * What a rule would let go now, and what would follow within a month: from where it has come to by its age alone, so
 * that it costs what is due and not what there is.
 */
export async function previewRule(
  db: Db,
  id: RetentionClass,
  days: number | null,
  now: Date,
): Promise<RetentionPreview> {
  if (days === null) return { id, before: null, due: 0, held: 0, soon: 0 };
  const { from, key, at, held } = terms[id];
  const before = addSeconds(now, -days * DAY_SECONDS);
  const progress = await db
    .selectFrom('retention_progress')
    .select('done_up_to')
    .where('class', '=', id)
    .executeTakeFirst();
  const since = progress?.done_up_to ?? new Date(0);
  const between = (first: Date, last: Date) => sql`${from} and ${at} > ${first} and ${at} <= ${last}`;
  const [aged, left, soon] = await Promise.all([
    sql<{ due: number; held: number }>`
      select count(*) filter (where not held)::int as due, count(*) filter (where held)::int as held
      from (select ${held} as held from ${between(since, before)} limit ${COUNTED}) counted`.execute(db),
    sql<{ due: number; held: number }>`
      select count(*) filter (where not held)::int as due, count(*) filter (where held)::int as held
      from (select ${held} as held from ${from}
        and ${key}::text in (select h.key from retention_held h where h.class = ${id}) limit ${COUNTED}) counted`.execute(
      db,
    ),
    sql<{ count: number }>`
      select count(*)::int as count from (
        select from ${between(before < since ? since : before, addSeconds(before, SOON_DAYS * DAY_SECONDS))}
        limit ${COUNTED}) counted`.execute(db),
  ]);
  return {
    id,
    before: before.toISOString(),
    due: (aged.rows[0]?.due ?? 0) + (left.rows[0]?.due ?? 0),
    held: (aged.rows[0]?.held ?? 0) + (left.rows[0]?.held ?? 0),
    soon: soon.rows[0]?.count ?? 0,
  };
}
