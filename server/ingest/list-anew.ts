import { type Selectable, sql } from 'kysely';
import { preview } from '../conversations/message-preview.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

type Listed = Pick<Selectable<Tables['message']>, 'conversation_id' | 'ticket_id' | 'seq' | 'parts'>;

/** Lists of contacts show what was said last: where that is one of these messages, as it reads now. */
export async function listAnew(unit: Unit, messages: readonly Listed[]): Promise<void> {
  const rows = messages.flatMap(({ parts, ...message }) =>
    message.ticket_id ? [{ ...message, preview: preview(parts) }] : [],
  );
  if (rows.length === 0) return;
  const { rows: listed } = await sql<{ id: string }>`
    update ticket t set last_preview = i.preview, version = t.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as i(ticket_id uuid, conversation_id uuid, seq int, preview text)
    where t.id = i.ticket_id and not exists (select from message later
      where later.conversation_id = i.conversation_id and later.seq > i.seq and later.author_type <> 'system')
    returning t.id`.execute(unit.tx);
  unit.emit(
    'tickets.changed',
    listed.map(({ id }) => id),
  );
}
