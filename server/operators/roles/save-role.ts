import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { createRoleSchema, RoleView, saveRoleSchema } from '../../contract/access.ts';
import { AppError } from '../../contract/errors.ts';
import { withNeeds } from '../../contract/permissions.ts';
import type { Say } from '../../conversations/say.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../actor.ts';
import { loadPeople } from '../load-people.ts';
import { leaveWhatTheyMayNot } from './leave-what-they-may-not.ts';
import { mustHaveAll } from './must-cover.ts';
import { loadRole } from './read-roles.ts';
import { forgetSecondStepRule } from './sign-in-rules.ts';

type Draft = z.output<typeof saveRoleSchema>;
type By = Pick<Actor, 'permissions'>;

/** What a permission needs comes with it. @throws AppError `already_exists`, `permission_missing` */
export async function createRole(unit: Unit, by: By, draft: z.output<typeof createRoleSchema>): Promise<RoleView> {
  const permissions = withNeeds(draft.permissions);
  mustHaveAll(by, permissions);
  const id = uuid();
  await mustBeFree(unit, draft.name, id);
  await unit.tx
    .insertInto('role')
    .values({
      id,
      name: draft.name,
      description: draft.description,
      base: draft.base,
      permissions: json(permissions),
      created_at: unit.now,
      updated_at: unit.now,
    })
    .execute();
  unit.emit('configuration.changed', 'operators');
  return loadRole(unit.tx, id);
}

/**
 * Whoever has the role may from now on what it says. Those who take no contacts any more give back what they hold.
 * @throws AppError `not_found`, `already_exists`, `permission_missing` for what the caller lacks, before or after
 */
export async function saveRole(unit: Unit, say: Say, by: By, id: string, draft: Draft): Promise<RoleView> {
  const before = await loadRole(unit.tx, id);
  const permissions = withNeeds(draft.permissions);
  mustHaveAll(by, [...before.permissions, ...permissions]);
  await mustBeFree(unit, draft.name, id);
  await unit.tx
    .updateTable('role')
    .set({
      name: draft.name,
      description: draft.description,
      permissions: json(permissions),
      updated_at: unit.now,
    })
    .where('id', '=', id)
    .execute();
  for (const operatorId of await holdersOf(unit, id)) {
    await leaveWhatTheyMayNot(unit, say, operatorId, before.permissions, permissions);
  }
  unit.emit('configuration.changed', 'operators');
  unit.enqueue('tickets.route', {});
  return loadRole(unit.tx, id);
}

/** @throws AppError `not_found`, `in_use` while somebody has it, `permission_missing` */
export async function deleteRole(unit: Unit, by: By, id: string): Promise<RoleView> {
  const before = await loadRole(unit.tx, id);
  mustHaveAll(by, before.permissions);
  // Disabled people keep it: they may come back.
  const held = (await loadPeople(unit.tx)).filter(({ roleId }) => roleId === id).length;
  if (held > 0) throw new AppError('in_use', { count: held });
  await unit.tx.deleteFrom('role').where('id', '=', id).execute();
  await forgetSecondStepRule(unit, id);
  return before;
}

async function holdersOf(unit: Unit, roleId: string): Promise<string[]> {
  const rows = await unit.tx
    .selectFrom('operator')
    .select('id')
    .where('role_id', '=', roleId)
    .where('disabled', '=', false)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

async function mustBeFree(unit: Unit, name: string, id: string): Promise<void> {
  const taken = await unit.tx
    .selectFrom('role')
    .select('id')
    .where((where) => where(where.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .where('id', '<>', id)
    .executeTakeFirst();
  if (taken) throw new AppError('already_exists');
}
