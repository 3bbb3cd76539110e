import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { setPassword } from './people.ts';

/** A long weekend. */
const VALID_SECONDS = 4 * 86_400;

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Lets somebody choose their own password by a link that opens once. The one before stops working.
 * @returns the link's secret, told this once
 * @throws AppError `not_found`, `account_disabled`
 */
export async function invite(
  unit: Unit,
  operatorId: string,
  createdBy: string,
): Promise<{ token: string; expiresAt: Date }> {
  const operator = await unit.tx
    .selectFrom('operator')
    .select('disabled')
    .where('id', '=', operatorId)
    .executeTakeFirst();
  if (!operator) throw new AppError('not_found');
  if (operator.disabled) throw new AppError('wrong_state');
  const token = randomBytes(32).toString('base64url');
  const expiresAt = addSeconds(unit.now, VALID_SECONDS);
  const row = { hash: digest(token), created_by: createdBy, created_at: unit.now, expires_at: expiresAt };
  await unit.tx
    .insertInto('invitation')
    .values({ operator_id: operatorId, ...row })
    .onConflict((conflict) => conflict.column('operator_id').doUpdateSet(row))
    .execute();
  return { token, expiresAt };
}

/** Whom a link is for. @throws AppError `link_expired` */
export async function readInvitation(
  db: Db,
  token: string,
  now: Date,
): Promise<{ id: string; name: string; email: string }> {
  const row = await db
    .selectFrom('invitation as i')
    .innerJoin('operator as o', 'o.id', 'i.operator_id')
    .select(['o.id', 'o.name', 'o.email'])
    .where('i.hash', '=', digest(token))
    .where('i.expires_at', '>', now)
    .where('o.disabled', '=', false)
    .executeTakeFirst();
  if (!row) throw new AppError('link_expired');
  return row;
}

/** The link opens no more; the password is theirs, and whoever was signed in as them is not. @throws AppError `link_expired` */
export async function acceptInvitation(
  unit: Unit,
  token: string,
  passwordHash: string,
): Promise<{ id: string; name: string; email: string }> {
  const person = await readInvitation(unit.tx, token, unit.now);
  const { numDeletedRows } = await unit.tx
    .deleteFrom('invitation')
    .where('hash', '=', digest(token))
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError('link_expired');
  await setPassword(unit, person.id, passwordHash);
  await sql`delete from auth_session where user_id = ${person.id}`.execute(unit.tx);
  unit.emit('session.ended', person.id);
  return person;
}
