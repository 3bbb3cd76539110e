import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../contract/errors.ts';
import type { Actor } from '../operators/actor.ts';
import type { CaseRow } from './case-row.ts';

type Seen = Pick<CaseRow, 'protected' | 'department_id'>;

/** Protected cases are seen with the grant alone; departments see their own; everybody else of the console sees all. */
export const maySeeCase = (actor: Pick<Actor, 'role' | 'departmentId' | 'protectedGrant'>, row: Seen): boolean =>
  (!row.protected || actor.protectedGrant) && (actor.role !== 'department' || row.department_id === actor.departmentId);

/** The same as a condition on `service_case c`. */
export function caseSeenBy(actor: Pick<Actor, 'role' | 'departmentId' | 'protectedGrant'>): RawBuilder<boolean> {
  const grant = actor.protectedGrant ? sql`true` : sql`not c.protected`;
  const department = actor.role === 'department' ? sql`c.department_id = ${actor.departmentId}` : sql`true`;
  return sql`(${grant} and ${department})`;
}

/** @throws AppError `not_found`, so that nobody learns which cases exist */
export function mustSeeCase(actor: Actor, row: Seen | undefined): asserts row is Seen {
  if (!row || !maySeeCase(actor, row)) throw new AppError('not_found');
}
