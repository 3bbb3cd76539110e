import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import type { TicketRow } from './change-ticket.ts';

type OpenTicket = Pick<TicketRow, 'id' | 'operator_id' | 'conversation_id' | 'protected'>;

/**
 * The contacts that are open in these conversations, by conversation: their own, or the one that their last contact
 * became part of.
 */
export async function openTicketsOf(db: Db, conversationIds: readonly string[]): Promise<Map<string, OpenTicket>> {
  if (conversationIds.length === 0) return new Map();
  const { rows } = await sql<OpenTicket & { asked: string }>`
    select l.conversation_id as asked, t.id, t.operator_id, t.conversation_id, t.protected
    from unnest(${[...new Set(conversationIds)]}::uuid[]) as x (id)
    cross join lateral (
      select conversation_id, coalesce(merged_into, id) as id from ticket
      where conversation_id = x.id order by state = 'closed', number desc limit 1
    ) l
    join ticket t on t.id = l.id and t.state <> 'closed'`.execute(db);
  return new Map(rows.map(({ asked, ...ticket }) => [asked, ticket]));
}
