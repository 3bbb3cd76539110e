import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { createOperatorSchema, Operator, Role, updateOperatorSchema } from '../contract/http.ts';
import type { Say } from '../conversations/say.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { markPresence } from '../routing/mark-presence.ts';
import { releaseAll } from '../routing/presence.ts';
import { setSkills } from '../routing/skills.ts';
import { loadOperator, loadPerson } from './load-people.ts';
import { leaveWhatTheyMayNot } from './roles/leave-what-they-may-not.ts';
import { baseOf } from './roles/read-roles.ts';

/** @throws AppError `already_exists` for an e-mail that somebody has, `not_found` for a queue or skill */
export async function createOperator(
  unit: Unit,
  input: z.output<typeof createOperatorSchema>,
  passwordHash: string | null,
): Promise<Operator> {
  const id = uuid();
  await mustBeFree(unit, input.email, id);
  await unit.tx
    .insertInto('operator')
    .values({
      id,
      name: input.name,
      email: input.email,
      email_verified: true,
      image: null,
      role: input.roleId ? await baseOf(unit.tx, input.roleId) : input.role,
      role_id: input.roleId,
      role_since: unit.now,
      capacity: input.capacity,
      locale: input.locale,
      disabled: false,
      department_id: input.departmentId,
      protected_grant: input.protectedGrant,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .execute();
  if (passwordHash) await setPassword(unit, id, passwordHash);
  await setQueues(unit, id, input.queueIds);
  await setSkills(unit, id, input.skillIds);
  unit.emit('configuration.changed', 'operators');
  return loadOperator(unit.tx, id);
}

/**
 * Changes what is given. Disabling ends their sessions and puts what they hold back into the queue; so does a role that
 * takes no contacts. A base role without `roleId` replaces a role of the city.
 * @throws AppError `not_found`, `already_exists`
 */
export async function updateOperator(
  unit: Unit,
  say: Say,
  id: string,
  input: z.output<typeof updateOperatorSchema>,
  passwordHash: string | null,
): Promise<Operator> {
  const { queueIds, skillIds, password: _, departmentId, protectedGrant, role, roleId, ...columns } = input;
  const before = await loadPerson(unit.tx, id);
  if (columns.email) await mustBeFree(unit, columns.email, id);
  const changed = await unit.tx
    .updateTable('operator')
    .set({
      ...columns,
      ...(await roleColumns(unit, before, { role, roleId })),
      ...(departmentId === undefined ? {} : { department_id: departmentId }),
      ...(protectedGrant === undefined ? {} : { protected_grant: protectedGrant }),
      updated_at: unit.now,
    })
    .where('id', '=', id)
    .returning('disabled')
    .executeTakeFirst();
  if (!changed) throw new AppError('not_found');
  if (protectedGrant === false) await leaveProtected(unit, say, id);
  if (queueIds) await setQueues(unit, id, queueIds);
  if (skillIds) await setSkills(unit, id, skillIds);
  if (passwordHash) await setPassword(unit, id, passwordHash);
  if (changed.disabled || passwordHash) await sql`delete from auth_session where user_id = ${id}`.execute(unit.tx);
  if (changed.disabled) {
    await releaseAll(unit, say, id);
    await markPresence(unit, id, 'offline', 'self');
  }
  const { permissions: now, ...after } = await loadPerson(unit.tx, id);
  if (!changed.disabled) await leaveWhatTheyMayNot(unit, say, id, before.permissions, now);
  unit.emit('configuration.changed', 'operators');
  unit.enqueue('tickets.route', {});
  return after;
}

/** Nothing when no role is given, or the one they have. */
async function roleColumns(
  unit: Unit,
  before: Operator,
  given: { role?: Role | undefined; roleId?: string | null | undefined },
): Promise<{ role?: Role; role_id?: string | null; role_since?: Date }> {
  if (given.role === undefined && given.roleId === undefined) return {};
  const roleId = given.roleId ?? null;
  const role = roleId ? await baseOf(unit.tx, roleId) : (given.role ?? before.role);
  if (roleId === before.roleId && role === before.role) return {};
  return { role, role_id: roleId, role_since: unit.now };
}

async function mustBeFree(unit: Unit, email: string, id: string): Promise<void> {
  const taken = await unit.tx
    .selectFrom('operator')
    .select('id')
    .where('email', '=', email)
    .where('id', '<>', id)
    .executeTakeFirst();
  if (taken) throw new AppError('already_exists');
}

async function setQueues(unit: Unit, operatorId: string, queueIds: readonly string[]): Promise<void> {
  await unit.tx.deleteFrom('queue_operator').where('operator_id', '=', operatorId).execute();
  if (queueIds.length === 0) return;
  const known = await unit.tx
    .selectFrom('queue')
    .select(['id', 'protected'])
    .where('id', 'in', [...queueIds])
    .execute();
  if (known.length !== new Set(queueIds).size) throw new AppError('not_found');
  const { protected_grant: granted } = await unit.tx
    .selectFrom('operator')
    .select('protected_grant')
    .where('id', '=', operatorId)
    .executeTakeFirstOrThrow();
  if (!granted && known.some((queue) => queue.protected)) throw new AppError('grant_required');
  await unit.tx
    .insertInto('queue_operator')
    .values(known.map((queue) => ({ queue_id: queue.id, operator_id: operatorId })))
    .execute();
}

/** Without the grant nobody stays in a protected queue, or holds what is protected: it goes back to where it waits. */
async function leaveProtected(unit: Unit, say: Say, operatorId: string): Promise<void> {
  await sql`
    delete from queue_operator m using queue q
    where q.id = m.queue_id and q.protected and m.operator_id = ${operatorId}`.execute(unit.tx);
  const held = await unit.tx
    .selectFrom('ticket')
    .select('id')
    .where('operator_id', '=', operatorId)
    .where('state', '<>', 'closed')
    .where('protected', '=', true)
    .limit(1)
    .executeTakeFirst();
  if (held) await releaseAll(unit, say, operatorId);
}

/** better-auth keeps passwords in its account table, by provider `credential`. */
export async function setPassword(unit: Unit, operatorId: string, hash: string): Promise<void> {
  await sql`delete from auth_account where user_id = ${operatorId} and provider_id = 'credential'`.execute(unit.tx);
  await sql`
    insert into auth_account (id, account_id, provider_id, user_id, password, created_at, updated_at)
    values (${uuid()}, ${operatorId}, 'credential', ${operatorId}, ${hash}, ${unit.now}, ${unit.now})`.execute(unit.tx);
}
