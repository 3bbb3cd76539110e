/** What is known at the end of a run, from all sides. `judge` needs nothing else. */
export interface Evidence {
  residents: ResidentEvidence[];
  replies: ReplyEvidence[];
  /** Every message in the database. */
  stored: StoredMessage[];
  tickets: TicketEvidence[];
  offers: OfferEvidence[];
  /** How often a server that had been ready ended without being told to. */
  crashes: number;
}

/** One message of a resident. Times are ticks of a clock of their own that only orders what they did and saw. */
export interface SaidEvidence {
  clientId: string;
  firstSentAt: number;
  firstAckedAt: number | null;
  acks: { messageId: string; seq: number }[];
}

/** A message by its place and its identity. */
export interface Shown {
  seq: number;
  id: string;
}

export interface ResidentEvidence {
  name: string;
  conversationId: string | null;
  said: SaidEvidence[];
  /** What was on their screen at any time during the run. */
  seen: Shown[];
  /** The whole conversation as their widget gets it, from the beginning. */
  synced: Shown[];
  /** The whole conversation as the console gets it. */
  listed: Shown[];
}

/** One answer of an operator. */
export interface ReplyEvidence {
  externalId: string;
  acks: { messageId: string; seq: number }[];
}

export interface StoredMessage extends Shown {
  conversationId: string;
  externalId: string;
  clientId: string | null;
  direction: 'in' | 'out';
}

export interface TicketEvidence {
  id: string;
  state: 'bot' | 'waiting' | 'offered' | 'assigned' | 'closed';
  /** Messages of the citizen that the bot, who has the ticket, has not heard. */
  unheard: number;
  /** In the order in which they happened. */
  events: { type: string; actorId: string | null }[];
}

export interface OfferEvidence {
  ticketId: string;
  operatorId: string;
  pending: boolean;
  expired: boolean;
}
