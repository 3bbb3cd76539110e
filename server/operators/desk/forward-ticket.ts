import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { forwardSchema, TicketEvent } from '../../contract/http.ts';
import type { MediaPart } from '../../contract/message.ts';
import type { ConversationRow } from '../../conversations/append-messages.ts';
import { recordEvent, type TicketRow } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { answerSubject, EMAIL_ACCOUNT, envelopeOf, letterIds, mailboxOf } from '../../email/mailboxes.ts';
import { storeOutgoing } from '../../email/store-letters.ts';
import { whatWasSaid } from '../../email/what-was-said.ts';
import { type Actor, byFirstName, byName, mustSee } from '../actor.ts';

/**
 * Sends a contact to a department, in a conversation of its own: the citizen never sees it, and what the department
 * answers comes back into the ticket's story.
 * @throws AppError `ticket_closed`, `wrong_state` for what is protected, `not_found` for a department without an address or a file that is not at hand
 */
export async function forwardTicket(
  unit: Unit,
  say: Say,
  city: City,
  actor: Actor,
  ticketId: string,
  input: z.output<typeof forwardSchema>,
): Promise<TicketEvent> {
  const { ticket, conversation } = await lockContact(unit, ticketId);
  mustSee(actor, ticket);
  if (ticket.state === 'closed') throw new AppError('ticket_closed');
  // A mail to a department is read by whoever reads there.
  if (ticket.protected) throw new AppError('wrong_state');
  const address = city.departmentAddresses[input.department];
  if (!address) throw new AppError('not_found', { department: input.department });
  const title = city.departments[input.department] ?? input.department;
  const earlier = await earlierForward(unit, ticket, input.clientId);
  if (earlier) return earlier;

  const files = await copyFiles(unit, actor, conversation.id, input.attachmentIds);
  const side = await beginSide(unit, ticket, conversation, address, input.clientId);
  const mailbox = mailboxOf(city, undefined);
  const part = envelopeOf(mailbox, {
    subject: answerSubject(ticket.subject ?? '', ticket.number),
    to: [{ address, name: title }],
    cc: [],
    bcc: [],
  });
  const [message] = await say.toMany(unit, [
    {
      conversation: side,
      ticket: null,
      utterances: [
        {
          author: byFirstName(actor),
          parts: [part, { type: 'text', text: input.text }, ...files],
          externalId: `forward:${actor.id}:${input.clientId}`,
          clientId: input.clientId,
        },
      ],
    },
  ]);
  if (!message) throw new Error('Nothing was stored');
  const said = await whatWasSaid(unit.tx, city, conversation.id);
  await storeOutgoing(unit, [
    {
      ...letterIds(message.id, mailbox),
      messageId: message.id,
      conversationId: side.id,
      mailbox: mailbox.id,
      references: [],
      text: `${input.text}\n\n${said}`,
      signature: '',
      quotes: null,
      automatic: false,
      participants: [address],
    },
  ]);
  return recordEvent(unit, ticket, {
    type: 'forwarded',
    actor: byName(actor),
    clientId: input.clientId,
    data: {
      department: input.department,
      title,
      to: address,
      text: input.text,
      files,
      messageId: message.id,
      conversationId: side.id,
    },
  });
}

async function earlierForward(unit: Unit, ticket: TicketRow, clientId: string): Promise<TicketEvent | null> {
  const row = await unit.tx
    .selectFrom('ticket_event')
    .select('id')
    .where('ticket_id', '=', ticket.id)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  // Recording it again gives back what is stored.
  return row
    ? recordEvent(unit, ticket, { type: 'forwarded', actor: { type: 'system', id: null, name: null }, clientId })
    : null;
}

async function beginSide(
  unit: Unit,
  ticket: TicketRow,
  conversation: ConversationRow,
  address: string,
  thread: string,
): Promise<ConversationRow> {
  return unit.tx
    .insertInto('conversation')
    .values({
      id: uuid(),
      citizen_id: ticket.citizen_id,
      channel_account_id: EMAIL_ACCOUNT,
      channel: 'email',
      address,
      thread: `side:${thread}`,
      side_of: ticket.id,
      locale: conversation.locale,
      last_seq: 0,
      citizen_delivered: 0,
      citizen_read: 0,
      city_delivered: 0,
      city_read: 0,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Files of the conversation stay where they are; what was just uploaded for this now belongs to it. */
async function copyFiles(
  unit: Unit,
  actor: Actor,
  conversationId: string,
  ids: readonly string[],
): Promise<MediaPart[]> {
  if (ids.length === 0) return [];
  const files = await unit.tx
    .selectFrom('attachment')
    .selectAll()
    .where('id', 'in', [...ids])
    .where((where) =>
      where.or([
        where('conversation_id', '=', conversationId),
        where.and([where('conversation_id', 'is', null), where('owner', '=', `operator:${actor.id}`)]),
      ]),
    )
    .execute();
  if (files.length !== new Set(ids).size) throw new AppError('not_found');
  await unit.tx
    .updateTable('attachment')
    .set({ conversation_id: conversationId })
    .where(
      'id',
      'in',
      files.map((file) => file.id),
    )
    .where('conversation_id', 'is', null)
    .execute();
  return files.map((file) => ({
    type: 'media',
    attachmentId: file.id,
    name: file.name,
    mimeType: file.mime_type,
    size: file.size,
  }));
}
