import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { may } from '../contract/permissions.ts';
import type { sendTeamMessageSchema } from '../contract/team.ts';
import type { Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, maySee, mustSee } from '../operators/actor.ts';
import { loadPeople, type Person } from '../operators/load-people.ts';

/**
 * Writes to a colleague. Sent again with the same id, it is the same message.
 * @throws AppError `not_found` for somebody who does not work at the desk, or a contact that the writer may not see;
 * `colleague_unseen` for one that the colleague may not see
 * @returns its number
 */
export async function sendTeamMessage(
  unit: Unit,
  actor: Actor,
  colleagueId: string,
  { id, text, ticketId }: z.output<typeof sendTeamMessageSchema>,
): Promise<number> {
  const { tx } = unit;
  const colleague = await findColleague(tx, actor, colleagueId);
  if (ticketId) await mustBothSee(tx, actor, colleague, ticketId);
  const written = await tx
    .insertInto('team_message')
    .values({ id, from_id: actor.id, to_id: colleague.id, text: text.trim(), ticket_id: ticketId, at: unit.now })
    .onConflict((conflict) => conflict.columns(['from_id', 'id']).doNothing())
    .returning('number')
    .executeTakeFirst();
  if (!written) return numberOf(tx, actor.id, id);
  unit.emit('team.written', { fromId: actor.id, toId: colleague.id });
  return Number(written.number);
}

/** What a colleague wrote, up to a number, was on screen. */
export async function markTeamChatRead(
  unit: Unit,
  actor: Pick<Actor, 'id'>,
  colleagueId: string,
  upTo: number,
): Promise<void> {
  const { numUpdatedRows } = await unit.tx
    .updateTable('team_message')
    .set({ read_at: unit.now })
    .where('to_id', '=', actor.id)
    .where('from_id', '=', colleagueId)
    .where('number', '<=', upTo)
    .where('read_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) unit.emit('team.written', { fromId: colleagueId, toId: actor.id });
}

async function findColleague(tx: Tx, actor: Actor, id: string): Promise<Person> {
  const [person] = id === actor.id ? [] : await loadPeople(tx, [id]);
  if (!person || person.disabled || !may(person, 'contacts.read')) throw new AppError('not_found');
  return person;
}

async function mustBothSee(tx: Tx, actor: Actor, colleague: Person, ticketId: string): Promise<void> {
  const ticket = await tx
    .selectFrom('ticket')
    .select(['operator_id', 'queue_id', 'state', 'protected'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  mustSee(actor, ticket);
  if (!maySee(colleague, ticket)) throw new AppError('colleague_unseen', { name: colleague.name });
}

async function numberOf(tx: Tx, fromId: string, id: string): Promise<number> {
  const { number } = await tx
    .selectFrom('team_message')
    .select('number')
    .where('from_id', '=', fromId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return Number(number);
}
