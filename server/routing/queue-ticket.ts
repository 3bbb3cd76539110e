import { AppError } from '../contract/errors.ts';
import type { Hours, TicketEvent } from '../contract/http.ts';
import type { Author } from '../contract/message.ts';
import type { Overflow } from '../contract/routing.ts';
import { changeTicket, type TicketRow } from '../conversations/change-ticket.ts';
import type { Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { enterQueue } from './queue-entry.ts';

export interface QueueEntry {
  /** Absent: the ticket's own queue, or the default one. */
  queueId?: string | undefined;
  priority?: number | undefined;
  summary?: string | undefined;
  reservedFor?: string | undefined;
  /** From here on only people with the grant see it. */
  protected?: boolean | undefined;
  event: {
    type: Extract<TicketEvent['type'], 'queued' | 'transferred' | 'requeued'>;
    actor: Author;
    data?: Record<string, unknown>;
  };
}

/**
 * Puts a locked ticket into a queue. Its clock stays that of the first contact, so it takes the place among those
 * who wait that it would have had from the start.
 */
export async function queueTicket(unit: Unit, ticket: TicketRow, entry: QueueEntry): Promise<TicketRow> {
  const isProtected = ticket.protected || entry.protected === true;
  const queue = await findQueue(unit.tx, entry.queueId ?? ticket.queue_id, isProtected);
  const priority = Math.min(entry.priority ?? ticket.priority, queue.priority);
  const [entered] = await enterQueue(unit, [
    {
      ticketId: ticket.id,
      conversationId: ticket.conversation_id,
      citizenId: ticket.citizen_id,
      channel: ticket.channel,
      priority,
      topic: ticket.topic,
      heldBy: ticket.operator_id,
      queue,
    },
  ]);
  const changed = await changeTicket(
    unit,
    ticket,
    'waiting',
    {
      queue_id: queue.id,
      priority,
      ...entered,
      // The promise is about the first answer.
      ...(ticket.accepted_at ? { service_level_due_at: ticket.service_level_due_at } : {}),
      operator_id: null,
      reserved_for: entry.reservedFor ?? null,
      waiting_since: unit.now,
      protected: isProtected || queue.protected,
      ...(entry.summary ? { summary: entry.summary } : {}),
    },
    { ...entry.event, data: { ...entry.event.data, queueId: queue.id } },
  );
  unit.enqueue('tickets.route', {});
  return changed;
}

interface QueueRow {
  id: string;
  priority: number;
  protected: boolean;
  hours: Hours;
  service_level_seconds: number;
  overflow: Overflow;
}

/**
 * The queue by that id, or the default one when there is none by it. What is protected goes to a protected queue
 * wherever it was sent, as long as the city has one.
 */
export async function findQueue(tx: Tx, id: string | null, isProtected = false): Promise<QueueRow> {
  const rows = await tx
    .selectFrom('queue')
    .select(['id', 'priority', 'protected', 'is_default', 'hours', 'service_level_seconds', 'overflow'])
    .where((where) =>
      where.or([where('id', '=', id ?? ''), where('is_default', '=', true), where('protected', '=', true)]),
    )
    .orderBy('id')
    .execute();
  const fitting = isProtected && rows.some((row) => row.protected) ? rows.filter((row) => row.protected) : rows;
  const queue = fitting.find((row) => row.id === id) ?? fitting.find((row) => row.is_default) ?? fitting[0];
  if (!queue) throw new AppError('internal', undefined, new Error('There is no default queue'));
  return queue;
}
