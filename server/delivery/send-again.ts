import type { Unit } from '../database/unit-of-work.ts';
import type { MessageRow } from './move-on.ts';

/**
 * Puts a failed message back on its way, with those of its pieces that did not leave. The message and its conversation
 * must be locked.
 */
export async function sendAgain(unit: Unit, { id }: Pick<MessageRow, 'id'>): Promise<MessageRow> {
  // What is still told of the attempt that failed must not fail the next one. A mail keeps its id: it is the same mail.
  await unit.tx
    .updateTable('message_piece')
    .set((column) => ({
      status: 'queued' as const,
      failure: null,
      provider_message_id: column.case().when('parts', 'is', null).then(column.ref('provider_message_id')).end(),
    }))
    .where('message_id', '=', id)
    .where('status', '=', 'failed')
    .execute();
  const row = await unit.tx
    .updateTable('message')
    .set({ status: 'queued', failure: null, claimed_until: null })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.enqueue('outbound.send', { messageId: id });
  unit.emit('message.changed', id);
  return row;
}
