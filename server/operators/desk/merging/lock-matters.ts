import { sql } from 'kysely';
import { type ConversationRow, lockConversations } from '../../../conversations/append-messages.ts';
import { lockTickets, type TicketRow } from '../../../conversations/change-ticket.ts';
import type { Tx } from '../../../database/database.ts';

/** Any fixed number, the same for every server. */
const MERGES_LOCK = 4_200_013;

/** Merges and their undoing go one by one, of whichever server: what is part of what must not change in between. */
export async function oneMergeAtATime(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${MERGES_LOCK})`.execute(tx);
}

/** Some contacts and all that is part of them, locked. */
export interface Matters {
  tickets: Map<string, TicketRow>;
  conversations: Map<string, ConversationRow>;
}

/**
 * Locks contacts with all that became part of them, in the order that everybody keeps: cases, conversations, tickets.
 * So nobody can write in any of their conversations meanwhile, and not know where it goes.
 */
export async function lockMatters(tx: Tx, ids: readonly string[]): Promise<Matters> {
  const { rows } = await sql<{ id: string; conversation_id: string }>`
    select id, conversation_id from ticket where id = any(${[...ids]}) or merged_into = any(${[...ids]})`.execute(tx);
  const all = rows.map(({ id }) => id);
  if (all.length === 0) return { tickets: new Map(), conversations: new Map() };
  await sql`select id from service_case where id in (select case_id from case_ticket where ticket_id = any(${all}))
    order by id for key share`.execute(tx);
  // With those in which departments are asked about them: an answer must find the contact that it is for.
  const sides = await tx.selectFrom('conversation').select('id').where('side_of', 'in', all).execute();
  const conversations = await lockConversations(tx, [
    ...rows.map((row) => row.conversation_id),
    ...sides.map(({ id }) => id),
  ]);
  return { conversations, tickets: await lockTickets(tx, all, 'wait') };
}
