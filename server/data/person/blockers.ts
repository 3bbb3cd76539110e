import { sql } from 'kysely';
import type { City } from '../../contract/city.ts';
import type { ErasurePreview } from '../../contract/data.ts';
import type { Db } from '../../database/database.ts';
import type { PersonScope } from './scope.ts';

const SHOWN = 20;

/** What stands in the way of forgetting somebody: the city still owes them an answer, or the law wants the data kept. */
export async function blockersOf(db: Db, city: City, scope: PersonScope): Promise<ErasurePreview['blockers']> {
  const [contacts, cases, holds] = await Promise.all([
    db
      .selectFrom('ticket')
      .select(['id', 'number'])
      .where('citizen_id', 'in', scope.people)
      .where('state', '<>', 'closed')
      .orderBy('number')
      .limit(SHOWN)
      .execute(),
    db
      .selectFrom('service_case')
      .select(['id', 'folio', 'department_id'])
      .where('citizen_id', 'in', scope.people)
      .where('closed_at', 'is', null)
      .orderBy('folio')
      .limit(SHOWN)
      .execute(),
    sql<{ count: number }>`
      select count(*)::int as count from legal_hold
      where released_at is null and (citizen_id = any(${scope.people}) or case_id = any(${scope.cases}))`.execute(db),
  ]);
  return {
    contacts,
    cases: cases.map(({ id, folio, department_id: department }) => ({
      id,
      folio,
      department: city.departments[department] ?? department,
    })),
    holds: holds.rows[0]?.count ?? 0,
  };
}

/** The first that stands in the way. */
export const waitsFor = ({
  contacts,
  cases,
  holds,
}: ErasurePreview['blockers']): 'contacts' | 'cases' | 'hold' | null =>
  holds > 0 ? 'hold' : contacts.length > 0 ? 'contacts' : cases.length > 0 ? 'cases' : null;
