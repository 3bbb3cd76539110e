import type { Selectable } from 'kysely';
import { preview } from '../conversations/message-preview.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

type Listed = Pick<Selectable<Tables['message']>, 'conversation_id' | 'ticket_id' | 'seq' | 'parts'>;

/** Lists of contacts show what was said last: if that is this message, as it reads now. */
export async function listAnew(unit: Unit, message: Listed): Promise<void> {
  if (!message.ticket_id) return;
  const listed = await unit.tx
    .updateTable('ticket')
    .set((column) => ({ last_preview: preview(message.parts), version: column('version', '+', 1) }))
    .where('id', '=', message.ticket_id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('message as later')
            .select('later.id')
            .where('later.conversation_id', '=', message.conversation_id)
            .where('later.seq', '>', message.seq)
            .where('later.author_type', '<>', 'system'),
        ),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  if (listed) unit.emit('tickets.changed', [listed.id]);
}
