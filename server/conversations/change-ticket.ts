import type { Selectable, Updateable } from 'kysely';
import { AppError } from '../contract/errors.ts';
import type { TicketEvent, TicketState } from '../contract/http.ts';
import type { Author } from '../contract/message.ts';
import type { Tables, Tx } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { WhenHeld } from './append-messages.ts';
import { canBecome } from './ticket-states.ts';

export type TicketRow = Selectable<Tables['ticket']>;
type TicketChange = Omit<Updateable<Tables['ticket']>, 'id' | 'state' | 'version' | 'updated_at'>;

export const systemActor: Author = { type: 'system', id: null, name: null };
export const citizenActor = (ticket: Pick<TicketRow, 'citizen_id'>): Author => ({
  type: 'citizen',
  id: ticket.citizen_id,
  name: null,
});

/** The ticket, locked until the transaction ends. @throws AppError `not_found` */
export async function lockTicket(tx: Tx, id: string): Promise<TicketRow> {
  const row = await tx.selectFrom('ticket').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}

/** Tickets by id, locked in that order until the transaction ends. Missing are those that others hold, if skipped. */
export async function lockTickets(tx: Tx, ids: readonly string[], whenHeld: WhenHeld): Promise<Map<string, TicketRow>> {
  const query = tx
    .selectFrom('ticket')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate();
  const rows = await (whenHeld === 'skip' ? query.skipLocked() : query).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * Moves a locked ticket to `state` and writes the line of its story that says so.
 * @throws AppError `ticket_closed`, `wrong_state` when the table of states does not allow it
 */
export async function changeTicket(
  unit: Unit,
  ticket: TicketRow,
  state: TicketState,
  change: TicketChange,
  event: { type: TicketEvent['type']; actor: Author; data?: Record<string, unknown> },
): Promise<TicketRow> {
  if (!canBecome(ticket.state, state)) {
    throw new AppError(ticket.state === 'closed' ? 'ticket_closed' : 'wrong_state', { from: ticket.state, to: state });
  }
  const row = await unit.tx
    .updateTable('ticket')
    .set({
      ...(state === 'snoozed' ? {} : { snoozed_until: null }),
      ...change,
      state,
      version: ticket.version + 1,
      updated_at: unit.now,
    })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordEvent(unit, row, event);
  unit.emit('tickets.changed', [row.id]);
  if (row.protected && !ticket.protected) await protectMerged(unit, row.id);
  // Who is on its call is to follow who holds it, whoever changed that.
  if (row.channel === 'voice') unit.enqueue('tickets.connect_call', { ticketId: row.id });
  return row;
}

/** What is part of a contact is protected as it is. */
async function protectMerged(unit: Unit, ticketId: string): Promise<void> {
  const rows = await unit.tx
    .updateTable('ticket')
    .set((column) => ({ protected: true, version: column('version', '+', 1) }))
    .where('merged_into', '=', ticketId)
    .where('protected', '=', false)
    .returning('id')
    .execute();
  if (rows.length > 0)
    unit.emit(
      'tickets.changed',
      rows.map(({ id }) => id),
    );
}

export interface EventDraft {
  ticket: Pick<TicketRow, 'id' | 'conversation_id' | 'protected'>;
  type: TicketEvent['type'];
  actor: Author;
  data?: Record<string, unknown>;
}

/** Adds lines to the stories of tickets in one round trip. */
export async function recordEvents(unit: Unit, drafts: readonly EventDraft[]): Promise<TicketEvent[]> {
  if (drafts.length === 0) return [];
  const rows = await unit.tx
    .insertInto('ticket_event')
    .values(drafts.map(({ ticket, ...event }) => eventRow(unit, ticket, event)))
    .returningAll()
    .execute();
  const isProtected = new Set(drafts.flatMap(({ ticket }) => (ticket.protected ? ticket.id : [])));
  const told = rows.map(presentEvent);
  unit.emit(
    'ticket.events',
    told.map((event) => ({ event, protected: isProtected.has(event.ticketId) })),
  );
  return told;
}

const eventRow = (
  unit: Unit,
  ticket: EventDraft['ticket'],
  event: Omit<EventDraft, 'ticket'> & { clientId?: string },
) => ({
  ticket_id: ticket.id,
  conversation_id: ticket.conversation_id,
  type: event.type,
  at: unit.now,
  actor_type: event.actor.type,
  actor_id: event.actor.id,
  actor_name: event.actor.name,
  data: json(event.data ?? {}),
  client_id: event.clientId ?? null,
});

/** Adds a line to a ticket's story. With `clientId`, a repeated one changes nothing and comes back as stored. */
export async function recordEvent(
  unit: Unit,
  ticket: EventDraft['ticket'],
  event: Omit<EventDraft, 'ticket'> & { clientId?: string },
): Promise<TicketEvent> {
  const inserted = await unit.tx
    .insertInto('ticket_event')
    .values(eventRow(unit, ticket, event))
    .onConflict((conflict) =>
      conflict.columns(['ticket_id', 'client_id']).where('client_id', 'is not', null).doNothing(),
    )
    .returningAll()
    .executeTakeFirst();
  if (inserted) {
    const told = presentEvent(inserted);
    unit.emit('ticket.events', [{ event: told, protected: ticket.protected }]);
    return told;
  }
  const earlier = await unit.tx
    .selectFrom('ticket_event')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .where('client_id', '=', event.clientId ?? null)
    .executeTakeFirstOrThrow();
  return presentEvent(earlier);
}

export function presentEvent(row: Selectable<Tables['ticket_event']>): TicketEvent {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    type: row.type,
    at: row.at.toISOString(),
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    data: row.data,
  };
}
