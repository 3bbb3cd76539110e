import { sql } from 'kysely';
import { AppError } from '../../contract/errors.ts';
import type { TicketEvent } from '../../contract/http.ts';
import { lockTicket, recordEvent } from '../../conversations/change-ticket.ts';
import { moveCursors } from '../../conversations/cursors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName, mustSee } from '../actor.ts';
import { conversationsOf } from './merging/merged-contacts.ts';

/** A note for colleagues. Anybody who sees the ticket may leave one, also on a closed one. */
export async function addNote(
  unit: Unit,
  actor: Actor,
  ticketId: string,
  note: { clientId: string; text: string },
): Promise<TicketEvent> {
  const ticket = await lockTicket(unit.tx, ticketId);
  mustSee(actor, ticket);
  return recordEvent(unit, ticket, {
    type: 'note',
    actor: byName(actor),
    data: { text: note.text },
    clientId: note.clientId,
  });
}

/**
 * The operator has seen the conversation up to `seq`. For the holder it counts as read, and the citizen is shown so;
 * for anybody else as delivered.
 */
export async function markRead(
  unit: Unit,
  actor: Actor,
  ticketId: string,
  { seq, conversationId }: { seq: number; conversationId?: string | undefined },
): Promise<void> {
  const ticket = await unit.tx
    .selectFrom('ticket')
    .select(['operator_id', 'queue_id', 'state', 'protected', 'conversation_id', 'unread'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  mustSee(actor, ticket);
  const holds = ticket.operator_id === actor.id && ticket.state !== 'offered';
  const matter = await conversationsOf(unit.tx, ticketId);
  const read = conversationId ?? ticket.conversation_id;
  if (!matter.includes(read)) throw new AppError('not_found');
  await moveCursors(unit, read, holds ? { city_delivered: seq, city_read: seq } : { city_delivered: seq });
  if (!holds || ticket.unread === 0) return;
  const later = sql<number>`(
    select count(*) from conversation c join message m on m.conversation_id = c.id and m.seq > c.city_read
    where c.id = any(${matter}) and m.direction = 'in'
      and m.ticket_id in (select id from ticket where id = ${ticketId} or merged_into = ${ticketId}))`;
  await unit.tx
    .updateTable('ticket')
    .set((column) => ({ unread: later, version: column('version', '+', 1) }))
    .where('id', '=', ticketId)
    .execute();
  unit.emit('tickets.changed', [ticketId]);
}
