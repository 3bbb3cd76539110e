import { sql } from 'kysely';
import type { PersonSession } from '../contract/administration.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

interface Row {
  id: string;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Date;
  expires_at: Date;
}

/** Where somebody is signed in, the latest first. @param currentId the session that asks */
export async function listSessions(db: Db, operatorId: string, currentId: string | null): Promise<PersonSession[]> {
  const { rows } = await sql<Row>`
    select id, ip_address, user_agent, created_at, expires_at from auth_session
    where user_id = ${operatorId} and expires_at > now() order by created_at desc`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    current: row.id === currentId,
    address: row.ip_address || null,
    userAgent: row.user_agent || null,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }));
}

/**
 * Signs somebody out: of one session, or of all but `exceptId`. Consoles that were open by them close.
 * @returns how many
 * @throws AppError `not_found`
 */
export async function endSessions(
  unit: Unit,
  operatorId: string,
  which: { sessionId: string } | { exceptId: string | null },
): Promise<number> {
  const chosen = 'sessionId' in which ? sql`id = ${which.sessionId}` : sql`id is distinct from ${which.exceptId}`;
  const { numAffectedRows = 0n } = await sql`
    delete from auth_session where user_id = ${operatorId} and ${chosen}`.execute(unit.tx);
  if ('sessionId' in which && numAffectedRows === 0n) throw new AppError('not_found');
  unit.emit('session.ended', operatorId);
  return Number(numAffectedRows);
}

/** Somebody lost what makes their codes: until they set it up anew, the password is enough. @throws AppError `wrong_state` */
export async function removeTwoFactor(unit: Unit, operatorId: string): Promise<void> {
  const { numUpdatedRows } = await unit.tx
    .updateTable('operator')
    .set({ two_factor_enabled: false })
    .where('id', '=', operatorId)
    .where('two_factor_enabled', '=', true)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError('wrong_state');
  await sql`delete from auth_two_factor where user_id = ${operatorId}`.execute(unit.tx);
}
