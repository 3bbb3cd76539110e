import type { TicketSummary } from '../../../server/contract/http.ts';
import { belongsTo, needsAnswer, type Reader, viewOrder } from './ticket-order.ts';

export interface Situation {
  /** What one is being asked to take. */
  offered: TicketSummary | null;
  tickets: Iterable<TicketSummary>;
  reader: Reader;
  /** The one that is just left. */
  leaving: string;
  /** Takes contacts now: only then one is led to what nobody has. */
  available: boolean;
  mayTake: (ticket: TicketSummary) => boolean;
}

export type NextReason = 'offered' | 'unanswered' | 'waiting';

/** What to open after a contact is done with: what is offered, who of mine has waited longest for an answer, the queue. */
export function nextTicket(situation: Situation): { ticket: TicketSummary; reason: NextReason } | null {
  const { offered, tickets, reader, leaving, available, mayTake } = situation;
  if (offered && offered.id !== leaving) return { ticket: offered, reason: 'offered' };
  const others = [...tickets].filter(({ id }) => id !== leaving);
  const [unanswered] = others
    // Whoever is on the telephone is talked with there.
    .filter((ticket) => belongsTo('mine', ticket, reader) && ticket.channel !== 'voice' && needsAnswer(ticket))
    .sort(viewOrder.mine);
  if (unanswered) return { ticket: unanswered, reason: 'unanswered' };
  const [waiting] = available
    ? others.filter((ticket) => ticket.state === 'waiting' && mayTake(ticket)).sort(viewOrder.waiting)
    : [];
  return waiting ? { ticket: waiting, reason: 'waiting' } : null;
}
