import { AppError } from '../../contract/errors.ts';
import type { Message } from '../../contract/message.ts';
import { lockConversations } from '../../conversations/append-messages.ts';
import { presentMessage } from '../../conversations/present-message.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { sendAgain } from '../../delivery/send-again.ts';
import type { Windows } from '../../delivery/window.ts';
import type { Actor } from '../actor.ts';
import { mustReachMessage } from './reach.ts';

/**
 * Sends again what could not be delivered: of a message in pieces those that did not leave.
 * @throws AppError `not_found`, `wrong_state` for a message that did not fail, `window_closed`
 */
export async function retryMessage(
  unit: Unit,
  windows: Pick<Windows, 'mustBeOpen'>,
  actor: Actor,
  messageId: string,
): Promise<Message> {
  const { conversation_id: conversationId } = await mustReachMessage(unit.tx, actor, messageId);
  const conversation = (await lockConversations(unit.tx, [conversationId])).get(conversationId);
  const message = await unit.tx
    .selectFrom('message')
    .selectAll()
    .where('id', '=', messageId)
    .where('status', '=', 'failed')
    .where('direction', '=', 'out')
    .forUpdate()
    .executeTakeFirst();
  if (!message || !conversation) throw new AppError('wrong_state');
  if (message.parts.some(({ type }) => type !== 'template')) windows.mustBeOpen(conversation, unit.now);
  return presentMessage(await sendAgain(unit, message));
}
