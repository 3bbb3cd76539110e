import type { Selectable } from 'kysely';
import type { Message } from '../contract/message.ts';
import { lockTicket, recordEvent } from '../conversations/change-ticket.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { reopenTicket } from '../routing/reopen-ticket.ts';
import { wakeTicket } from '../routing/wake-ticket.ts';
import type { StoredArrival } from './store-letters.ts';

interface Forwarded {
  department: string;
  title: string;
}

/**
 * Folds what departments answered into the stories of the tickets they were asked about. A ticket that was put aside
 * or closed meanwhile comes back: somebody waits for this answer.
 */
export async function recordAnswers(unit: Unit, stored: readonly StoredArrival[]): Promise<void> {
  for (const { arrival, conversation, message } of stored) {
    if (!conversation.side_of || arrival.event.automatic) continue;
    const ticket = await lockTicket(unit.tx, conversation.side_of);
    const actor = message.author;
    await recordEvent(unit, ticket, {
      type: 'forward_answered',
      actor,
      data: {
        ...(await forwardedTo(unit, conversation.side_of, conversation.id)),
        from: actor.name,
        text: textOf(message),
        messageId: message.id,
        files: message.parts.filter((part) => part.type === 'media'),
      },
    });
    if (ticket.state === 'snoozed') await wakeTicket(unit, ticket, { actor, reason: 'answered' });
    else if (ticket.state === 'closed') await reopenTicket(unit, ticket, actor);
    await unit.tx
      .updateTable('ticket')
      .set((column) => ({ unread: column('unread', '+', 1), version: column('version', '+', 1), updated_at: unit.now }))
      .where('id', '=', ticket.id)
      .execute();
    unit.emit('tickets.changed', [ticket.id]);
  }
}

/** Tells the story of the ticket that a department was not reached. Nothing for a message to a citizen. */
export async function recordUnreached(unit: Unit, message: Selectable<Tables['message']>): Promise<void> {
  const side = await unit.tx
    .selectFrom('conversation as c')
    .innerJoin('ticket as t', 't.id', 'c.side_of')
    .select(['c.id', 't.id as side_of', 't.protected'])
    .where('c.id', '=', message.conversation_id)
    .executeTakeFirst();
  if (!side) return;
  await recordEvent(
    unit,
    { id: side.side_of, conversation_id: side.id, protected: side.protected },
    {
      type: 'forward_failed',
      actor: { type: 'system', id: null, name: null },
      data: {
        ...(await forwardedTo(unit, side.side_of, side.id)),
        reason: message.failure?.reason ?? null,
        messageId: message.id,
      },
    },
  );
}

async function forwardedTo(unit: Unit, ticketId: string, conversationId: string): Promise<Forwarded | undefined> {
  const events = await unit.tx
    .selectFrom('ticket_event as e')
    .innerJoin('ticket as t', 't.id', 'e.ticket_id')
    .select('e.data')
    // Asked in a contact that became part of this one, too.
    .where((where) => where.or([where('t.id', '=', ticketId), where('t.merged_into', '=', ticketId)]))
    .where('e.type', '=', 'forwarded')
    .execute();
  const data = events.find((event) => event.data.conversationId === conversationId)?.data as Forwarded | undefined;
  return data && { department: data.department, title: data.title };
}

const textOf = (message: Message): string =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n\n');
