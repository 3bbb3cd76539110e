import { v7 as uuid } from 'uuid';
import { AppError } from '../contract/errors.ts';
import type { Author } from '../contract/message.ts';
import { citizenOf } from '../conversations/lock-contact.ts';
import type { Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, byName, mustSee } from '../operators/actor.ts';
import { mustSeeCase } from './case-access.ts';
import type { CaseRow } from './case-row.ts';
import { changeCase, lockCase } from './change-case.ts';
import { linkTicket } from './open-case.ts';

/**
 * The citizen of a contact follows a case that somebody else filed; who filed it only has the contact linked to it.
 * @throws AppError `not_found`, `wrong_state` for a protected case, which nobody follows
 */
export async function followCaseFor(unit: Unit, actor: Actor, caseId: string, ticketId: string): Promise<CaseRow> {
  // Not locked: who tells citizens of a case locks the case first, then their contacts.
  const ticket = await unit.tx.selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  mustSee(actor, ticket);
  const row = await lockCase(unit, caseId);
  mustSeeCase(actor, row);
  const citizenId = await citizenOf(unit.tx, ticketId);
  if (row.protected && row.citizen_id !== citizenId) throw new AppError('wrong_state');
  return addFollower(unit, row, citizenId, ticketId, byName(actor));
}

/**
 * A person counts once, however often they follow. The case must be locked.
 * @param ticketId the contact in which they asked; null where there was none
 */
export async function addFollower(
  unit: Unit,
  row: CaseRow,
  citizenId: string,
  ticketId: string | null,
  actor: Author,
): Promise<CaseRow> {
  const linked = ticketId !== null && (await linkTicket(unit, row.id, ticketId));
  const added = row.citizen_id !== citizenId && !(await isFollowing(unit.tx, row.id, citizenId));
  if (!added && !linked) return row;
  if (added) {
    await unit.tx
      .insertInto('case_follower')
      .values({ case_id: row.id, id: uuid(), citizen_id: citizenId, followed_at: unit.now })
      .execute();
  }
  const event = {
    type: added ? ('followed' as const) : ('linked' as const),
    actor,
    data: ticketId ? { ticketId } : {},
  };
  const change = added ? { followers: row.followers + 1 } : {};
  return (await changeCase(unit, row, change, event, false)).row;
}

async function isFollowing(tx: Tx, caseId: string, citizenId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('case_follower')
    .select('id')
    .where('case_id', '=', caseId)
    .where('citizen_id', '=', citizenId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
