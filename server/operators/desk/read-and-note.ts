import { sql } from 'kysely';
import { AppError } from '../../contract/errors.ts';
import type { TicketEvent } from '../../contract/http.ts';
import { lockTicket, recordEvent } from '../../conversations/change-ticket.ts';
import { moveCursors } from '../../conversations/cursors.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName, mustSee } from '../actor.ts';

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
export async function markRead(unit: Unit, actor: Actor, ticketId: string, seq: number): Promise<void> {
  const ticket = await unit.tx
    .selectFrom('ticket')
    .select(['operator_id', 'queue_id', 'state', 'protected', 'conversation_id', 'unread'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  mustSee(actor, ticket);
  const holds = ticket.operator_id === actor.id && ticket.state !== 'offered';
  await moveCursors(
    unit,
    ticket.conversation_id,
    holds ? { city_delivered: seq, city_read: seq } : { city_delivered: seq },
  );
  if (!holds || ticket.unread === 0) return;
  const later = unit.tx
    .selectFrom('message')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('ticket_id', '=', ticketId)
    .where('conversation_id', '=', ticket.conversation_id)
    .where('seq', '>', sql<number>`${seq}::bigint`)
    .where('direction', '=', 'in');
  await unit.tx
    .updateTable('ticket')
    .set((column) => ({ unread: later, version: column('version', '+', 1) }))
    .where('id', '=', ticketId)
    .execute();
  unit.emit('tickets.changed', [ticketId]);
}
