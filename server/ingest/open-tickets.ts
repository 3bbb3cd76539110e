import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { ConversationRow } from '../conversations/append-messages.ts';
import { citizenActor, recordEvent } from '../conversations/change-ticket.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

export type OpenTicket = Pick<Selectable<Tables['ticket']>, 'id' | 'conversation_id' | 'state' | 'operator_id'>;

/**
 * The open ticket of each locked conversation, made where there is none: a new contact, whose place in any queue
 * counts from now. The bot has it first.
 * @returns by conversation id
 */
export async function openTickets(
  unit: Unit,
  conversations: readonly ConversationRow[],
  priority: number,
): Promise<Map<string, OpenTicket>> {
  const open: OpenTicket[] = await unit.tx
    .selectFrom('ticket')
    .select(['id', 'conversation_id', 'state', 'operator_id'])
    .where(
      'conversation_id',
      'in',
      conversations.map((conversation) => conversation.id),
    )
    .where('state', '<>', 'closed')
    .orderBy('id')
    .forUpdate()
    .execute();
  const byConversation = new Map(open.map((ticket) => [ticket.conversation_id, ticket]));
  const without = conversations.filter((conversation) => !byConversation.has(conversation.id));
  if (without.length === 0) return byConversation;

  const made = await unit.tx
    .insertInto('ticket')
    .values(
      without.map((conversation) => ({
        id: uuid(),
        conversation_id: conversation.id,
        citizen_id: conversation.citizen_id,
        channel: conversation.channel,
        state: 'bot' as const,
        priority,
        clock_at: unit.now,
        bot_seq: conversation.last_seq,
        unread: 0,
        version: 0,
        created_at: unit.now,
        updated_at: unit.now,
      })),
    )
    .returning(['id', 'conversation_id', 'citizen_id', 'state', 'operator_id'])
    .execute();
  for (const ticket of made) {
    byConversation.set(ticket.conversation_id, ticket);
    await recordEvent(unit, ticket, { type: 'opened', actor: citizenActor(ticket) });
  }
  return byConversation;
}
