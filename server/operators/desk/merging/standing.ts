import type { TicketRow } from '../../../conversations/change-ticket.ts';
import type { MergedStanding } from './ticket-merge.entity.ts';

/** What of a ticket a merge changes, as it is kept. */
export const standingOf = (ticket: TicketRow): MergedStanding => ({
  state: ticket.state,
  queue_id: ticket.queue_id,
  operator_id: ticket.operator_id,
  reserved_for: ticket.reserved_for,
  priority: ticket.priority,
  protected: ticket.protected,
  unread: ticket.unread,
  clock_at: ticket.clock_at.toISOString(),
  service_level_due_at: ticket.service_level_due_at?.toISOString() ?? null,
  snoozed_until: ticket.snoozed_until?.toISOString() ?? null,
});

/** Whether it is in a queue, so that its place there counts. */
export const waits = ({ state }: Pick<TicketRow, 'state'>): boolean => state === 'waiting' || state === 'offered';

/** Whether it is in somebody's hands, be it put aside. */
export const isHeld = ({ state }: Pick<TicketRow, 'state'>): boolean => state === 'assigned' || state === 'snoozed';

/** What two contacts amount to as one: the more urgent, the earlier clock, all that is unread, the latest word. */
export function together(kept: TicketRow, merged: TicketRow) {
  const latest = [kept, merged].reduce((a, b) => ((b.last_message_at ?? 0) > (a.last_message_at ?? 0) ? b : a));
  const inQueue = waits(kept);
  return {
    priority: Math.min(kept.priority, merged.priority),
    clock_at: inQueue && merged.clock_at < kept.clock_at ? merged.clock_at : kept.clock_at,
    // The promise is about the first answer: whoever had one waits for none.
    service_level_due_at:
      inQueue && kept.accepted_at === null && merged.accepted_at === null
        ? earlier(kept.service_level_due_at, merged.service_level_due_at)
        : kept.service_level_due_at,
    unread: kept.unread + merged.unread,
    last_preview: latest.last_preview,
    last_direction: latest.last_direction,
    last_message_at: latest.last_message_at,
  };
}

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
