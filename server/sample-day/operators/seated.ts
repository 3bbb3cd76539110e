import type { Offer, OfferOutcome, TicketSummary } from '../../contract/http.ts';
import type { Message } from '../../contract/message.ts';
import type { ConsoleApi } from './console-api.ts';

/** A contact in somebody's hands, until they close it. */
export interface Work {
  /** The citizen wrote something. */
  hears(message: Message): void;
  /** Something changed somewhere; what they can see for themselves may have. */
  looks(): void;
}

/** Another operator, as one who passes something on knows them. */
export interface Colleague {
  readonly id: string;
  /** They are there, and have nothing in their hands. */
  isFree(): boolean;
  /** A call was passed on to them by somebody who stayed until they talked. */
  takesOver(ticket: TicketSummary): void;
}

/** Somebody at the console. */
export interface Operator extends Colleague {
  readonly console: ConsoleApi;
  /** By the ticket that they hold. */
  readonly works: ReadonlyMap<string, Work>;
  isPresent(): boolean;
  isOffered(offer: Offer): void;
  offerEnded(outcome: OfferOutcome): void;
}
