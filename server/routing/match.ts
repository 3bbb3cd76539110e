/** A ticket in the queue, as matching sees it. */
export interface WaitingTicket {
  id: string;
  queueId: string;
  /** 0 goes before 1, 1 before 2. */
  priority: number;
  /** First contact, milliseconds. Equal clocks are told apart by id. */
  clock: number;
  /** Only this operator may be asked. */
  reservedFor: string | null;
  /** Who let it pass a moment ago: they are not asked again yet. */
  passedBy: ReadonlySet<string>;
  /** Only people with the grant may be asked. */
  protected: boolean;
  /** A telephone call: only people whose microphone is ready may be asked. */
  voice: boolean;
}

/**
 * An operator who can be asked: there, with a free place, and with no question standing. Who has a telephone call, or
 * finishes up after one, is asked nothing.
 */
export interface FreeOperator {
  id: string;
  queueIds: ReadonlySet<string>;
  protectedGrant: boolean;
  takesCalls: boolean;
  /** Since when they have taken nothing, milliseconds. */
  idleSince: number;
}

export interface Match {
  ticketId: string;
  operatorId: string;
}

export const queueOrder = (a: WaitingTicket, b: WaitingTicket): number =>
  a.priority - b.priority || a.clock - b.clock || (a.id < b.id ? -1 : 1);

export const fits = (ticket: WaitingTicket, operator: FreeOperator): boolean =>
  (!ticket.protected || operator.protectedGrant) &&
  (!ticket.voice || operator.takesCalls) &&
  (ticket.reservedFor
    ? ticket.reservedFor === operator.id
    : operator.queueIds.has(ticket.queueId) && !ticket.passedBy.has(operator.id));

/**
 * Who is asked to take what. In queue order each ticket goes to the longest idle operator it fits, so that:
 * no operator is given a ticket while an earlier one that fits them waits, and no operator stays free beside a
 * waiting ticket that fits them. Each operator and each ticket appears at most once.
 */
export function match(tickets: readonly WaitingTicket[], operators: readonly FreeOperator[]): Match[] {
  const free = [...operators].sort((a, b) => a.idleSince - b.idleSince || (a.id < b.id ? -1 : 1));
  const matches: Match[] = [];
  for (const ticket of [...tickets].sort(queueOrder)) {
    if (free.length === 0) break;
    const index = free.findIndex((operator) => fits(ticket, operator));
    const [operator] = index < 0 ? [] : free.splice(index, 1);
    if (operator) matches.push({ ticketId: ticket.id, operatorId: operator.id });
  }
  return matches;
}
