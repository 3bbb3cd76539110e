import type { Selectable } from 'kysely';
import type { Cursors, Message } from '../contract/message.ts';
import type { Tables } from '../database/database.ts';

/** A stored message as the outside sees it. */
export function presentMessage(row: Selectable<Tables['message']>): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    ticketId: row.ticket_id,
    seq: row.seq,
    direction: row.direction,
    author: { type: row.author_type, id: row.author_id, name: row.author_name },
    parts: row.parts,
    status: row.status,
    failure: row.failure,
    clientId: row.client_id,
    createdAt: row.created_at.toISOString(),
    ...(row.marks ? { marks: row.marks } : {}),
  };
}

type CursorColumns = Pick<
  Selectable<Tables['conversation']>,
  'citizen_delivered' | 'citizen_read' | 'city_delivered' | 'city_read'
>;

export const presentCursors = (row: CursorColumns): Cursors => ({
  citizenDelivered: row.citizen_delivered,
  citizenRead: row.citizen_read,
  cityDelivered: row.city_delivered,
  cityRead: row.city_read,
});
