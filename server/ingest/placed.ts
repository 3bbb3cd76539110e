import type { ConversationRow } from '../conversations/append-messages.ts';
import type { Arrival } from './arrival.ts';

/** An arrival and the locked conversation it belongs to. */
export interface Placed {
  arrival: Arrival;
  conversation: ConversationRow;
}
