import { sql } from 'kysely';
import type { Unit } from '../database/unit-of-work.ts';

/**
 * Locks operators until the transaction ends, by id, and before any conversation or ticket: what they hold is counted
 * and added to by one transaction at a time, so that nobody ever holds more than their capacity.
 */
export async function lockOperators(unit: Unit, ids: readonly string[]): Promise<void> {
  await sql`select id from operator where id = any(${[...ids]}) order by id for no key update`.execute(unit.tx);
}

/** The same for everybody who may be asked to take something now. */
export async function lockAvailableOperators(unit: Unit): Promise<void> {
  await sql`
    select o.id from operator o join presence p on p.operator_id = o.id
    where p.status = 'available' and p.lease_until > ${unit.now} and not o.disabled
    order by o.id for no key update of o`.execute(unit.tx);
}
