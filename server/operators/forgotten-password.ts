import { addSeconds } from '../clock.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { InvitationLinks } from './invitation-links.ts';
import { hasPassword, invite } from './invitations.ts';

/** Nobody's mailbox is filled by somebody who asks again and again. */
const AGAIN_SECONDS = 300;

/**
 * Sends a link for a new password to whoever of that address signs in with one.
 * @returns who; null: nobody, or they have just been sent one
 */
export async function askForNewPassword(unit: Unit, links: InvitationLinks, email: string): Promise<string | null> {
  const person = await unit.tx
    .selectFrom('operator as o')
    .leftJoin('invitation as i', 'i.operator_id', 'o.id')
    .select(['o.id', 'i.created_at', 'i.mail_state'])
    .where('o.email', '=', email)
    .where('o.disabled', '=', false)
    .executeTakeFirst();
  if (!person) return null;
  const isPending = person.created_at !== null;
  const justSent =
    person.mail_state !== null && person.created_at && person.created_at > addSeconds(unit.now, -AGAIN_SECONDS);
  // Whoever comes by the city's own provider alone has no password to forget.
  if (justSent || !(isPending || (await hasPassword(unit.tx, person.id)))) return null;
  await invite(unit, links, { operatorId: person.id, by: null, mail: true });
  return person.id;
}
