import { sql } from 'kysely';
import type { RoleView } from '../../contract/access.ts';
import { AppError } from '../../contract/errors.ts';
import { type BaseRole, baseRoles, permissionsOfBase } from '../../contract/permissions.ts';
import type { Db } from '../../database/database.ts';
import { effectivePermissions } from './effective-permissions.ts';
import { readSignInRules, ruleOf } from './sign-in-rules.ts';

/** The four that every city has, then those that it made, by name. */
export async function listRoles(db: Db): Promise<RoleView[]> {
  const [rows, counts, rules] = await Promise.all([
    db.selectFrom('role').selectAll().orderBy(sql`lower(name)`).execute(),
    peopleByRole(db),
    readSignInRules(db),
  ]);
  return [
    ...baseRoles.map((base) => ({
      id: null,
      name: null,
      description: '',
      base,
      permissions: [...permissionsOfBase[base]],
      people: counts.get(base) ?? 0,
      secondStep: ruleOf(rules, base, null),
      updatedAt: null,
    })),
    ...rows.map(({ id, name, description, base, permissions, updated_at: updatedAt }) => ({
      id,
      name,
      description,
      base,
      permissions: effectivePermissions(base, permissions),
      people: counts.get(id) ?? 0,
      secondStep: ruleOf(rules, base, id),
      updatedAt: updatedAt.toISOString(),
    })),
  ];
}

/** @throws AppError `not_found` */
export async function loadRole(db: Db, id: string): Promise<RoleView> {
  const role = (await listRoles(db)).find((each) => each.id === id);
  if (!role) throw new AppError('not_found');
  return role;
}

/** What a role of the city was made from. @throws AppError `not_found` */
export async function baseOf(db: Db, roleId: string): Promise<BaseRole> {
  const row = await db.selectFrom('role').select('base').where('id', '=', roleId).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row.base;
}

/** How many have each, whoever is disabled left out; keyed by id or base. */
async function peopleByRole(db: Db): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; count: number }>`
    select coalesce(role_id::text, role) as key, count(*)::int as count
    from operator where not disabled group by 1`.execute(db);
  return new Map(rows.map(({ key, count }) => [key, count]));
}
