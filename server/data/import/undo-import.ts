import { sql } from 'kysely';
import type { AppContext } from '../../context.ts';
import type { Db } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { ImportRow } from './import-row.ts';

const BATCH = 200;

/** Tables that speak of a case as soon as somebody works on it. */
const ofCases = [
  'case_ticket',
  'case_follower',
  'case_attachment',
  'broadcast',
  'incident',
  'incident_case',
  'follow_up',
  'legal_hold',
];
/** The same of people. */
const ofPeople = ['conversation', 'ticket', 'case_follower', 'citizen_warning', 'legal_hold', 'subject_request'];

const anyOf = (tables: readonly string[], column: string) =>
  sql.join(
    tables.map((table) => sql`exists (select from ${sql.table(table)} b where b.${sql.ref(column)} = x.id)`),
    sql` or `,
  );

/** How many of the people and cases that an import brought somebody has worked on since. */
export async function countBuiltUpon(db: Db, importId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (
      select count(*)::int from data_import_row r join service_case x on x.id = r.case_id
      where r.import_id = ${importId} and (x.version > 1 or ${anyOf(ofCases, 'case_id')})
    ) + (
      select count(distinct x.id)::int from data_import_row r join citizen x on x.id = r.citizen_id
      where r.import_id = ${importId} and r.outcome = 'new' and (${anyOf(ofPeople, 'citizen_id')}
        or x.merged_into is not null or exists (select from citizen m where m.merged_into = x.id)
        or exists (select from service_case c where c.citizen_id = x.id and c.id not in (
          select i.case_id from data_import_row i where i.import_id = ${importId} and i.case_id is not null)))
    ) as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Takes out the next of what an import brought, cases before their people. @returns whether all is out */
export async function undoNext({ unitOfWork }: Pick<AppContext, 'unitOfWork'>, row: ImportRow): Promise<boolean> {
  return unitOfWork(async (unit) => {
    const { tx, now } = unit;
    const rows = await tx
      .selectFrom('data_import_row')
      .selectAll()
      .where('import_id', '=', row.id)
      .where((where) => where.or([where('case_id', 'is not', null), where('citizen_id', 'is not', null)]))
      .orderBy('line')
      .limit(BATCH)
      .forUpdate()
      .execute();
    const cases = rows.flatMap(({ case_id: id }) => id ?? []);
    await takeOutCases(unit, cases);
    for (const one of rows) {
      if (!one.citizen_id) continue;
      if (one.filled) await takeBack(unit, one.citizen_id, one.filled);
      await tx
        .deleteFrom('external_reference')
        .where('import_id', '=', row.id)
        .where('citizen_id', '=', one.citizen_id)
        .execute();
      await takeOutPerson(unit, row.id, one.citizen_id);
    }
    const lines = rows.map(({ line }) => line);
    if (lines.length > 0) {
      await tx
        .updateTable('data_import_row')
        .set({ case_id: null, citizen_id: null })
        .where('import_id', '=', row.id)
        .where('line', 'in', lines)
        .execute();
    }
    const isOver = rows.length < BATCH;
    await tx
      .updateTable('data_import')
      .set({
        heard_at: now,
        ...(isOver ? { state: 'undone' as const, finished_at: now, counts: json(row.counts) } : {}),
      })
      .where('id', '=', row.id)
      .execute();
    return isOver;
  });
}

async function takeOutCases({ tx }: Unit, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const cases = [...ids];
  await tx.deleteFrom('case_event').where('case_id', 'in', cases).execute();
  await tx.deleteFrom('webhook_delivery').where('case_id', 'in', cases).execute();
  // Its references go along.
  await tx.deleteFrom('service_case').where('id', 'in', cases).execute();
}

/** What somebody got from the import, unless it says something else by now. */
async function takeBack({ tx, now }: Unit, id: string, filled: readonly string[]): Promise<void> {
  const columns = ['name', 'phone', 'email', 'about'].filter((column) => filled.includes(column));
  if (columns.length === 0) return;
  const values = Object.fromEntries(columns.map((column) => [column, null]));
  await tx
    .updateTable('citizen')
    .set({ ...values, updated_at: now })
    .where('id', '=', id)
    .execute();
}

/** Whoever came with the import and with whom nothing else has to do. */
async function takeOutPerson({ tx }: Unit, importId: string, id: string): Promise<void> {
  await sql`delete from citizen x where x.id = ${id}
    and exists (select from data_import_row r where r.import_id = ${importId} and r.citizen_id = x.id and r.outcome = 'new')
    and not exists (select from service_case c where c.citizen_id = x.id)
    and not exists (select from identity i where i.citizen_id = x.id)
    and not exists (select from citizen_merge m where m.kept_id = x.id or m.merged_id = x.id)
    and not exists (select from external_reference e where e.citizen_id = x.id)
    and not (${anyOf(ofPeople, 'citizen_id')})`.execute(tx);
}
