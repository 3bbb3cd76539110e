import { sql } from 'kysely';
import type { CaseBoard } from '../contract/case.ts';
import { type CaseStatus, caseStatuses, isCaseOpen } from '../contract/case-status.ts';
import type { City } from '../contract/city.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { type CaseFilters, matchingCases } from './case-filters.ts';
import type { CaseRow } from './case-row.ts';
import { presentRow } from './present-case.ts';

const PER_COLUMN = 50;

/** A column a status: what is open by promise, the most urgent first; what is closed, newest first. */
export async function caseBoard(
  db: Db,
  city: City,
  actor: Actor,
  filters: CaseFilters,
  today: string,
): Promise<CaseBoard> {
  const matching = matchingCases(actor, filters, today);
  const shown = caseStatuses.filter(
    (status) =>
      (filters.status === undefined || filters.status === status) &&
      (filters.state === 'all' || isCaseOpen(status) === (filters.state === 'open')),
  );
  const [totals, ...columns] = await Promise.all([
    sql<{ status: CaseStatus; total: number }>`
      select c.status, count(*)::int as total from service_case c where ${matching} group by c.status`.execute(db),
    ...shown.map((status) => {
      const order = isCaseOpen(status) ? sql`c.promised_for, c.id` : sql`c.opened_at desc, c.id desc`;
      return sql<CaseRow>`
        select c.* from service_case c where c.status = ${status} and ${matching}
        order by ${order} limit ${PER_COLUMN}`.execute(db);
    }),
  ]);
  const counted = new Map(totals.rows.map(({ status, total }) => [status, total]));
  return {
    columns: shown.map((status, index) => ({
      status,
      total: counted.get(status) ?? 0,
      cases: columns[index]?.rows.map((row) => presentRow(city, row)) ?? [],
    })),
  };
}
