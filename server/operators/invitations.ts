import { sql } from 'kysely';
import { v4 as random } from 'uuid';
import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { digestOf, type InvitationLinks } from './invitation-links.ts';
import { setPassword } from './people.ts';

/** A long weekend. */
const VALID_SECONDS = 4 * 86_400;

export interface Invited {
  operatorId: string;
  /** Who lets them in; null: they asked themselves. */
  by: string | null;
  mail: boolean;
}

/**
 * Lets somebody choose their own password by a link that opens once. The one before stops working. By mail it is
 * promised in the same transaction.
 * @returns the link's secret
 * @throws AppError `not_found`, `wrong_state` for somebody disabled
 */
export async function invite(
  unit: Unit,
  links: InvitationLinks,
  { operatorId, by, mail }: Invited,
): Promise<{ token: string; expiresAt: Date }> {
  const operator = await unit.tx
    .selectFrom('operator')
    .select('disabled')
    .where('id', '=', operatorId)
    .executeTakeFirst();
  if (!operator) throw new AppError('not_found');
  if (operator.disabled) throw new AppError('wrong_state');
  const nonce = random();
  const token = links.tokenOf({ operatorId, nonce });
  const expiresAt = addSeconds(unit.now, VALID_SECONDS);
  const row = {
    hash: digestOf(token),
    kind: (await hasPassword(unit.tx, operatorId)) ? ('reset' as const) : ('invitation' as const),
    nonce,
    created_by: by ?? operatorId,
    created_at: unit.now,
    expires_at: expiresAt,
    mail_state: mail ? ('waiting' as const) : null,
    mail_reason: null,
    mail_attempts: 0,
    mail_due_at: mail ? unit.now : null,
    mailed_at: null,
    opened_at: null,
  };
  await unit.tx
    .insertInto('invitation')
    .values({ operator_id: operatorId, ...row })
    .onConflict((conflict) => conflict.column('operator_id').doUpdateSet(row))
    .execute();
  if (mail) unit.enqueue('outbound.invitation', { operatorId });
  return { token, expiresAt };
}

/** Whether somebody signs in with a password here. */
export async function hasPassword(db: Db, operatorId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from auth_account where user_id = ${operatorId} and provider_id = 'credential'`.execute(db);
  return rows.length > 0;
}

type Newcomer = Readonly<Record<'id' | 'name' | 'email', string>>;

/** Whom a link is for. @throws AppError `link_expired` */
export async function readInvitation(db: Db, token: string, now: Date): Promise<Newcomer> {
  const row = await db
    .selectFrom('invitation as i')
    .innerJoin('operator as o', 'o.id', 'i.operator_id')
    .select(['o.id', 'o.name', 'o.email'])
    .where('i.hash', '=', digestOf(token))
    .where('i.expires_at', '>', now)
    .where('o.disabled', '=', false)
    .executeTakeFirst();
  if (!row) throw new AppError('link_expired');
  return row;
}

/** As `readInvitation`; whoever sent it sees that it was looked at. */
export async function openInvitation(unit: Unit, token: string): Promise<Newcomer> {
  const newcomer = await readInvitation(unit.tx, token, unit.now);
  await unit.tx
    .updateTable('invitation')
    .set({ opened_at: unit.now })
    .where('hash', '=', digestOf(token))
    .where('opened_at', 'is', null)
    .execute();
  return newcomer;
}

/** The link opens no more; the password is theirs, and whoever was signed in as them is not. @throws AppError `link_expired` */
export async function acceptInvitation(unit: Unit, token: string, passwordHash: string): Promise<Newcomer> {
  const person = await readInvitation(unit.tx, token, unit.now);
  const { numDeletedRows } = await unit.tx
    .deleteFrom('invitation')
    .where('hash', '=', digestOf(token))
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new AppError('link_expired');
  await setPassword(unit, person.id, passwordHash);
  await sql`delete from auth_session where user_id = ${person.id}`.execute(unit.tx);
  unit.emit('session.ended', person.id);
  return person;
}
