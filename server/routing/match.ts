/** A ticket in the queue, as matching sees it. */
export interface WaitingTicket {
  id: string;
  queueId: string;
  /** Its queue serves now. */
  open: boolean;
  /** 0 goes before 1, 1 before 2. */
  priority: number;
  /** First contact, milliseconds. Equal clocks are told apart by id. */
  clock: number;
  /** Units of its holder's capacity that it takes. */
  weight: number;
  /** A telephone call: only people whose microphone is ready may be asked. */
  voice: boolean;
  /** It waits until nothing live that fits the person waits. */
  deferred: boolean;
  /** Only people with the grant may be asked. */
  protected: boolean;
  /** Handed over to this operator: only they are asked while they are there with room for it. */
  reservedFor: string | null;
  /** Who last had the citizen: only they are asked while they are there. Null once that has lasted long enough. */
  preferred: string | null;
  /** Who let it pass a moment ago: they are not asked again yet. */
  passedBy: ReadonlySet<string>;
  /** Skills without which nobody is asked. */
  needs: readonly string[];
  /** Skills that it needs and no longer waits for. */
  relaxed: readonly string[];
  /** Other queues whose people are asked as well. */
  overflow: ReadonlySet<string> | 'every queue' | null;
  /** The same, only while nobody of its own queue is there. */
  overflowIfNobody: ReadonlySet<string> | null;
}

/** An operator who is there, whether or not they can be asked anything now. */
export interface PresentOperator {
  id: string;
  queueIds: ReadonlySet<string>;
  skills: ReadonlySet<string>;
  protectedGrant: boolean;
  takesCalls: boolean;
  /** Units that what comes in writing may still take. */
  room: number;
  /** Units that a call may take; 0 for who is on one, or finishes up after one. */
  roomForCall: number;
  /** They have a question before them. */
  asked: boolean;
  /** Since when they have taken nothing, milliseconds. */
  idleSince: number;
}

export interface Match {
  ticketId: string;
  operatorId: string;
  why: { by: 'reserved' | 'sticky' | 'idle' | 'overflow'; skills: string[]; relaxed: string[] };
}

export const queueOrder = (a: WaitingTicket, b: WaitingTicket): number =>
  Number(a.deferred) - Number(b.deferred) || a.priority - b.priority || a.clock - b.clock || (a.id < b.id ? -1 : 1);

export const hasRoom = (ticket: WaitingTicket, { room, roomForCall }: PresentOperator): boolean =>
  ticket.weight <= (ticket.voice ? roomForCall : room);

/**
 * Of those present, who may have this ticket as far as its own rules go: the one it is reserved for, else the one who
 * had the citizen last, else whoever has what it needs in its queue or one that helps out.
 */
export function whoMayTake(ticket: WaitingTicket, present: readonly PresentOperator[]): PresentOperator[] {
  const allowed = present.filter(
    (operator) => (!ticket.protected || operator.protectedGrant) && (!ticket.voice || operator.takesCalls),
  );
  const named = allowed.find(({ id }) => id === ticket.reservedFor);
  if (named && hasRoom(ticket, named)) return [named];
  if (!ticket.open) return [];
  const isDeserted = !present.some(({ queueIds }) => queueIds.has(ticket.queueId));
  const others = ticket.overflow ?? (isDeserted ? ticket.overflowIfNobody : null);
  const helps = ({ queueIds }: PresentOperator) =>
    others === 'every queue' || (others !== null && [...others].some((id) => queueIds.has(id)));
  const able = allowed.filter(
    (operator) =>
      (operator.queueIds.has(ticket.queueId) || helps(operator)) &&
      !ticket.passedBy.has(operator.id) &&
      ticket.needs.every((skill) => operator.skills.has(skill)),
  );
  const known = able.find(({ id }) => id === ticket.preferred);
  return known ? [known] : able;
}

/**
 * Who is asked to take what. In queue order each ticket goes to whom it suits best of those it fits, so that: no
 * operator is given a ticket while an earlier one that fits them waits, and no operator stays free beside a waiting
 * ticket that fits them. Each operator and each ticket appears at most once.
 */
export function match(tickets: readonly WaitingTicket[], present: readonly PresentOperator[]): Match[] {
  const free = new Set(present.filter(({ asked }) => !asked));
  const matches: Match[] = [];
  for (const ticket of [...tickets].sort(queueOrder)) {
    if (free.size === 0) break;
    const fitting = whoMayTake(ticket, present).filter((operator) => free.has(operator) && hasRoom(ticket, operator));
    const [best] = fitting.sort((a, b) => suits(ticket, a, b));
    if (!best) continue;
    free.delete(best);
    matches.push({ ticketId: ticket.id, operatorId: best.id, why: reasonFor(ticket, best) });
  }
  return matches;
}

/** Skills first, though they be relaxed; then people of the queue; then the longest idle. */
function suits(ticket: WaitingTicket, a: PresentOperator, b: PresentOperator): number {
  const lacks = ({ skills }: PresentOperator) => ticket.relaxed.filter((skill) => !skills.has(skill)).length;
  const isGuest = ({ queueIds }: PresentOperator) => Number(!queueIds.has(ticket.queueId));
  return lacks(a) - lacks(b) || isGuest(a) - isGuest(b) || a.idleSince - b.idleSince || (a.id < b.id ? -1 : 1);
}

function reasonFor(ticket: WaitingTicket, operator: PresentOperator): Match['why'] {
  const wanted = [...ticket.needs, ...ticket.relaxed];
  return {
    by: wayTo(ticket, operator),
    skills: wanted.filter((skill) => operator.skills.has(skill)),
    relaxed: wanted.filter((skill) => !operator.skills.has(skill)),
  };
}

function wayTo(ticket: WaitingTicket, { id, queueIds }: PresentOperator): Match['why']['by'] {
  if (ticket.reservedFor === id) return 'reserved';
  if (ticket.preferred === id) return 'sticky';
  return queueIds.has(ticket.queueId) ? 'idle' : 'overflow';
}
