import type { TicketState } from '../contract/http.ts';

/**
 * The life of a ticket. Whatever is not here does not happen: every change of state goes through `changeTicket`,
 * which asks this table.
 */
export const ticketTransitions: Record<TicketState, readonly TicketState[]> = {
  /** The bot hands over, a person steps in, or the contact ends. */
  bot: ['waiting', 'assigned', 'closed'],
  /** Somebody is asked, somebody takes it unasked, or the citizen gives up. */
  waiting: ['waiting', 'offered', 'assigned', 'closed'],
  /** Accepted, or back in its old place in the queue. */
  offered: ['assigned', 'waiting', 'closed'],
  /** Finished, handed over to a queue or a person, or its holder was lost. */
  assigned: ['waiting', 'assigned', 'snoozed', 'closed'],
  /** Woken by its time, by the citizen or by its holder, who may have gone meanwhile. */
  snoozed: ['assigned', 'waiting', 'snoozed', 'closed'],
  /** A close undone, or answered by the citizen in time. */
  closed: ['assigned', 'waiting'],
};

export const canBecome = (from: TicketState, to: TicketState): boolean => ticketTransitions[from].includes(to);
