import type { z } from 'zod';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { sendMessageSchema } from '../../contract/http.ts';
import type { Message, Part } from '../../contract/message.ts';
import type { ConversationRow } from '../../conversations/append-messages.ts';
import { moveCursors } from '../../conversations/cursors.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import { presentMessage } from '../../conversations/present-message.ts';
import type { Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { fillTemplate } from '../../delivery/fill-template.ts';
import type { Windows } from '../../delivery/window.ts';
import { composeAnswer } from '../../email/compose-answer.ts';
import { keepUse } from '../../suggestions/uses.ts';
import { keepWritten } from '../../translation/keep-written.ts';
import { type Actor, byFirstName, mustHold } from '../actor.ts';

type Input = z.output<typeof sendMessageSchema>;

/**
 * The holder answers the citizen, once the window is closed by a template. A repeated `clientId` gives back what was
 * stored the first time. Where contacts were merged, they say by which of its conversations.
 * @throws AppError `not_holder`, `ticket_closed`, `empty_message`, `not_found` for a file that is not the sender's,
 * `window_closed`, `unknown_template`, `wrong_variables`, `invalid_input` for a template with words beside it
 */
export async function sendMessage(
  unit: Unit,
  { say, city, windows }: { say: Say; city: City; windows: Windows },
  actor: Actor,
  ticketId: string,
  input: Input,
): Promise<Message> {
  const { ticket, conversation } = await lockContact(unit, ticketId, input.conversationId);
  const externalId = `operator:${actor.id}:${input.clientId}`;
  const earlier = await unit.tx
    .selectFrom('message')
    .selectAll()
    .where('channel_account_id', '=', conversation.channel_account_id)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  if (earlier) return presentMessage(earlier);
  mustHold(actor, ticket);

  const name = byFirstName(actor).name ?? '';
  const answer =
    conversation.channel === 'email'
      ? await composeAnswer(unit, city, { ...ticket, conversation_id: conversation.id }, name, input.email)
      : null;
  const said = await partsOf(unit, windows, actor, conversation, input);
  if (said.length === 0) throw new AppError('empty_message');
  const [message] = await say(unit, conversation, ticket, [
    {
      author: byFirstName(actor),
      parts: answer ? [answer.part, ...said] : said,
      externalId,
      clientId: input.clientId,
    },
  ]);
  if (!message) throw new Error('Nothing was stored');
  await answer?.store(unit, message);
  if (input.written) await keepWritten(unit, message.id, input.written);
  if (input.suggestion) await keepUse(unit, message.id, input.suggestion);
  await moveCursors(unit, conversation.id, { city_delivered: message.seq, city_read: message.seq });
  return message;
}

async function partsOf(
  unit: Unit,
  windows: Windows,
  actor: Actor,
  conversation: ConversationRow,
  { text, attachmentIds, template }: Input,
): Promise<Part[]> {
  if (template) {
    if (text || attachmentIds.length > 0) throw new AppError('invalid_input', { template: 'it goes alone' });
    return [fillTemplate(windows.templates(conversation), template)];
  }
  windows.mustBeOpen(conversation, unit.now);
  const files = await claimFiles(unit, actor, conversation.id, attachmentIds);
  return text ? [{ type: 'text', text }, ...files] : files;
}

async function claimFiles(unit: Unit, actor: Actor, conversationId: string, ids: readonly string[]): Promise<Part[]> {
  if (ids.length === 0) return [];
  const files = await unit.tx
    .updateTable('attachment')
    .set({ conversation_id: conversationId })
    .where('id', 'in', ids)
    .where('owner', '=', `operator:${actor.id}`)
    .where((where) => where.or([where('conversation_id', 'is', null), where('conversation_id', '=', conversationId)]))
    .returningAll()
    .execute();
  if (files.length !== new Set(ids).size) throw new AppError('not_found');
  const byId = new Map(files.map((file) => [file.id, file]));
  return [...new Set(ids)].flatMap((id) => {
    const file = byId.get(id);
    return file
      ? [{ type: 'media' as const, attachmentId: file.id, name: file.name, mimeType: file.mime_type, size: file.size }]
      : [];
  });
}
