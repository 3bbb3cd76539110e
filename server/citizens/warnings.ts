import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Warning } from '../contract/warning.ts';
import type { Db, Tables } from '../database/database.ts';

export type WarningRow = Selectable<Tables['citizen_warning']>;

/**
 * What holds of a person now, of whoever turned out to be the same one too; the first to end first.
 * @param withProtected whether the reader has the grant; as a condition where only the database knows
 */
export async function warningsOf(
  db: Db,
  citizenId: string,
  now: Date,
  withProtected: boolean | RawBuilder<boolean>,
): Promise<Warning[]> {
  const { rows } = await sql<WarningRow>`
    with recursive who as (
      select ${citizenId}::uuid as id
      union all
      select c.id from who join citizen c on c.merged_into = who.id
    )
    select w.* from citizen_warning w join who on who.id = w.citizen_id
    where w.until > ${now} and (not w.protected or ${withProtected})
    order by w.until, w.id`.execute(db);
  return rows.map(presentWarning);
}

/** Of somebody who is being asked by their id alone. */
export const grantOf = (operatorId: string): RawBuilder<boolean> =>
  sql<boolean>`coalesce((select o.protected_grant from operator o where o.id = ${operatorId}), false)`;

export const presentWarning = (row: WarningRow): Warning => ({
  id: row.id,
  kind: row.kind,
  text: row.text,
  until: row.until.toISOString(),
  protected: row.protected,
  by: { id: row.operator_id, name: row.operator_name },
  at: row.at.toISOString(),
});
