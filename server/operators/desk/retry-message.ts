import { AppError } from '../../contract/errors.ts';
import type { Message } from '../../contract/message.ts';
import { presentMessage } from '../../conversations/present-message.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../actor.ts';
import { mustReachMessage } from './reach.ts';

/**
 * Sends again what could not be delivered.
 * @throws AppError `not_found`, `wrong_state` for a message that did not fail
 */
export async function retryMessage(unit: Unit, actor: Actor, messageId: string): Promise<Message> {
  await mustReachMessage(unit.tx, actor, messageId);
  const row = await unit.tx
    .updateTable('message')
    .set({ status: 'queued', failure: null, claimed_until: null })
    .where('id', '=', messageId)
    .where('status', '=', 'failed')
    .where('direction', '=', 'out')
    .returningAll()
    .executeTakeFirst();
  if (!row) throw new AppError('wrong_state');
  unit.enqueue('outbound.send', { messageId });
  unit.emit('message.changed', row.id);
  return presentMessage(row);
}
