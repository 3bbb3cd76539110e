import { sql } from 'kysely';
import type { City } from '../../contract/city.ts';
import type { ErasurePreview } from '../../contract/data.ts';
import type { Db } from '../../database/database.ts';
import { blockersOf } from './blockers.ts';
import { filesOf, rawMailsOf } from './person-files.ts';
import { personalRows } from './personal-rows.ts';
import { type PersonScope, scopeOf } from './scope.ts';

/** How many rows of each table are about somebody; those of which there are none are left out. */
export async function countRows(db: Db, scope: PersonScope): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, of } of personalRows) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} t where ${of(scope)}`.execute(db);
    if (rows[0]?.count) counts[table] = rows[0].count;
  }
  return counts;
}

/** What would go if the city forgot somebody, and what stands in the way. */
export async function previewErasure(
  db: Db,
  city: City,
  person: { id: string; name: string | null },
): Promise<ErasurePreview> {
  const scope = await scopeOf(db, person.id);
  const [rows, files, mails, blockers, more] = await Promise.all([
    countRows(db, scope),
    filesOf(db, scope),
    rawMailsOf(db, scope),
    blockersOf(db, city, scope),
    sql<{ identities: number; notes: number }>`
      select (select count(*)::int from identity where citizen_id = any(${scope.people})) as identities,
        (select count(*)::int from ticket_event where ticket_id = any(${scope.tickets}) and type = 'note') as notes`.execute(
      db,
    ),
  ]);
  return {
    person,
    identities: more.rows[0]?.identities ?? 0,
    contacts: scope.tickets.length,
    messages: rows.message ?? 0,
    files: files.length + mails.length,
    recordings: rows.call_recording ?? 0,
    cases: scope.cases.length,
    follows: rows.case_follower ?? 0,
    notes: more.rows[0]?.notes ?? 0,
    warnings: rows.citizen_warning ?? 0,
    merged: scope.people.length - 1,
    blockers,
  };
}
