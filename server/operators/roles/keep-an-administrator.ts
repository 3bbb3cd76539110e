import { sql } from 'kysely';
import { AppError } from '../../contract/errors.ts';
import type { Unit } from '../../database/unit-of-work.ts';

/**
 * After a change of somebody: there is still a person who may everything, or nobody could ever give it again. One
 * change at a time looks, so that two people cannot take each other's role at once.
 * @throws AppError `last_administrator`
 */
export async function mustKeepAnAdministrator(unit: Unit): Promise<void> {
  const left = await unit.tx
    .selectFrom('operator')
    .select('id')
    .where('role', '=', 'administrator')
    .where('role_id', 'is', null)
    .where('disabled', '=', false)
    .limit(1)
    .executeTakeFirst();
  if (!left) throw new AppError('last_administrator');
}

/** To be held from before a change of people until it is committed. */
export async function lockPeopleChanges(unit: Unit): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('people of the console'))`.execute(unit.tx);
}
