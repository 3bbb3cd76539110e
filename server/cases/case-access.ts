import { type RawBuilder, sql } from 'kysely';
import { AppError } from '../contract/errors.ts';
import { may } from '../contract/permissions.ts';
import type { Actor } from '../operators/actor.ts';
import type { CaseRow } from './case-row.ts';

type Seen = Pick<CaseRow, 'protected' | 'department_id'>;

/** Protected cases are seen with the grant alone; some see all others, some those of their department. */
export const maySeeCase = (actor: Pick<Actor, 'permissions' | 'departmentId' | 'protectedGrant'>, row: Seen): boolean =>
  (!row.protected || actor.protectedGrant) &&
  may(actor, 'cases.read') &&
  (may(actor, 'cases.all') || row.department_id === actor.departmentId);

/** The same as a condition on `service_case c`. */
export function caseSeenBy(actor: Pick<Actor, 'permissions' | 'departmentId' | 'protectedGrant'>): RawBuilder<boolean> {
  if (!may(actor, 'cases.read')) return sql`false`;
  const grant = actor.protectedGrant ? sql`true` : sql`not c.protected`;
  const department = may(actor, 'cases.all') ? sql`true` : sql`c.department_id = ${actor.departmentId}`;
  return sql`(${grant} and ${department})`;
}

/** @throws AppError `not_found`, so that nobody learns which cases exist */
export function mustSeeCase(actor: Actor, row: Seen | undefined): asserts row is Seen {
  if (!row || !maySeeCase(actor, row)) throw new AppError('not_found');
}
