import type { Db } from '../database/database.ts';
import type { TicketRow } from './change-ticket.ts';

/** The contacts that are open in these conversations, by conversation. */
export async function openTicketsOf(
  db: Db,
  conversationIds: readonly string[],
): Promise<Map<string, Pick<TicketRow, 'id' | 'operator_id' | 'conversation_id' | 'protected'>>> {
  const rows = await db
    .selectFrom('ticket')
    .select(['id', 'operator_id', 'conversation_id', 'protected'])
    .where('conversation_id', 'in', [...conversationIds])
    .where('state', '<>', 'closed')
    .execute();
  return new Map(rows.map((row) => [row.conversation_id, row]));
}
