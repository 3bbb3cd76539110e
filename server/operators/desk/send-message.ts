import type { z } from 'zod';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { sendMessageSchema } from '../../contract/http.ts';
import type { Message, Part } from '../../contract/message.ts';
import { moveCursors } from '../../conversations/cursors.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import { presentMessage } from '../../conversations/present-message.ts';
import type { Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { composeAnswer } from '../../email/compose-answer.ts';
import { type Actor, byFirstName, mustHold } from '../actor.ts';

/**
 * The holder answers the citizen. A repeated `clientId` gives back what was stored the first time.
 * @throws AppError `not_holder`, `ticket_closed`, `empty_message`, `not_found` for a file that is not the sender's
 */
export async function sendMessage(
  unit: Unit,
  say: Say,
  city: City,
  actor: Actor,
  ticketId: string,
  input: z.output<typeof sendMessageSchema>,
): Promise<Message> {
  const { ticket, conversation } = await lockContact(unit, ticketId);
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
  const answer = conversation.channel === 'email' ? await composeAnswer(unit, city, ticket, name, input.email) : null;
  const said: Part[] = input.text ? [{ type: 'text', text: input.text }] : [];
  said.push(...(await claimFiles(unit, actor, conversation.id, input.attachmentIds)));
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
  await moveCursors(unit, conversation.id, { city_delivered: message.seq, city_read: message.seq });
  return message;
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
