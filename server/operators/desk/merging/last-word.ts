import { sql } from 'kysely';
import type { Part } from '../../../contract/message.ts';
import { preview } from '../../../conversations/message-preview.ts';
import type { Tx } from '../../../database/database.ts';

/** What was last said in a contact and in those that are part of it, as its row remembers it. */
export async function lastWord(tx: Tx, ticketId: string) {
  const { rows } = await sql<{ parts: Part[]; direction: 'in' | 'out'; created_at: Date }>`
    select w.parts, w.direction, w.created_at
    from ticket t
    cross join lateral (
      select parts, direction, created_at from message
      where conversation_id = t.conversation_id and ticket_id in (t.id, ${ticketId}) and author_type <> 'system'
      order by seq desc limit 1
    ) w
    where t.id = ${ticketId} or t.merged_into = ${ticketId}
    order by w.created_at desc limit 1`.execute(tx);
  const [last] = rows;
  return {
    last_preview: last ? preview(last.parts) : null,
    last_direction: last?.direction ?? null,
    last_message_at: last?.created_at ?? null,
  };
}
