import type { TicketSummary } from '../../../server/contract/http.ts';

export type InboxView = 'mine' | 'waiting' | 'snoozed' | 'closed' | 'all';
/** Whose lists they are. */
export interface Reader {
  operatorId: string;
  /** Sees what everybody has put aside. */
  supervises: boolean;
}
type Order = (a: TicketSummary, b: TicketSummary) => number;

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const newestFirst: Order = (a, b) => b.number - a.number;

const queueOrder: Order = (a, b) => a.priority - b.priority || byText(a.clockAt, b.clockAt) || a.number - b.number;

/** Whether the next word is the city's: what the bot said before a person took over is no answer of theirs. */
export function needsAnswer(ticket: TicketSummary): boolean {
  const { lastMessage, acceptedAt } = ticket;
  return !lastMessage || lastMessage.direction === 'in' || (acceptedAt !== null && lastMessage.at < acceptedAt);
}

/** The citizen who has waited longest for an answer comes first; contacts that need none follow, the latest on top. */
const oldestUnansweredFirst: Order = (a, b) => {
  const [inA, inB] = [needsAnswer(a), needsAnswer(b)];
  if (inA !== inB) return inA ? -1 : 1;
  const [atA, atB] = [a.lastMessage?.at ?? a.updatedAt, b.lastMessage?.at ?? b.updatedAt];
  return (inA ? byText(atA, atB) : byText(atB, atA)) || newestFirst(a, b);
};

/** What comes back first, first; what waits for an answer alone last. */
const nextToWakeFirst: Order = (a, b) => byText(a.snoozedUntil ?? '~', b.snoozedUntil ?? '~') || newestFirst(a, b);

const lastClosedFirst: Order = (a, b) => byText(b.closedAt ?? '', a.closedAt ?? '') || newestFirst(a, b);

export const viewOrder: Record<InboxView, Order> = {
  mine: oldestUnansweredFirst,
  waiting: queueOrder,
  snoozed: nextToWakeFirst,
  closed: lastClosedFirst,
  all: newestFirst,
};

/** Whether a ticket is listed in a view of this reader. */
export function belongsTo(view: InboxView, ticket: TicketSummary, reader: Reader): boolean {
  switch (view) {
    case 'mine':
      return ticket.state === 'assigned' && ticket.operator?.id === reader.operatorId;
    case 'waiting':
      return ticket.state === 'waiting' || ticket.state === 'offered';
    case 'snoozed':
      return ticket.state === 'snoozed' && (reader.supervises || ticket.operator?.id === reader.operatorId);
    case 'closed':
      return ticket.state === 'closed';
    case 'all':
      return true;
  }
}
