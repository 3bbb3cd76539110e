import { AppError } from '../contract/errors.ts';
import type { Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type ConversationRow, lockConversations } from './append-messages.ts';
import { lockTicket, type TicketRow } from './change-ticket.ts';

/**
 * A ticket and its conversation, locked in the order that everybody keeps.
 * @param joinedId of a contact that became part of it: that conversation instead of its own
 * @throws AppError `not_found`
 */
export async function lockContact(
  unit: Unit,
  ticketId: string,
  joinedId?: string,
): Promise<{ ticket: TicketRow; conversation: ConversationRow }> {
  const found = await unit.tx
    .selectFrom('ticket')
    .select('conversation_id')
    .where((where) => where.or([where('id', '=', ticketId), where('merged_into', '=', ticketId)]))
    .where(joinedId ? 'conversation_id' : 'id', '=', joinedId ?? ticketId)
    .executeTakeFirst();
  if (!found) throw new AppError('not_found');
  const conversation = (await lockConversations(unit.tx, [found.conversation_id])).get(found.conversation_id);
  if (!conversation) throw new AppError('not_found');
  return { conversation, ticket: await lockTicket(unit.tx, ticketId) };
}

/** Whose contact it is, and stays until the transaction ends: people turn out to be one, and are parted again. */
export async function citizenOf(tx: Tx, ticketId: string): Promise<string> {
  const row = await tx
    .selectFrom('ticket')
    .select('citizen_id')
    .where('id', '=', ticketId)
    .forShare()
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row.citizen_id;
}
