import type { CallView } from '../../../server/contract/call.ts';
import { callEventTypes } from '../../../server/contract/call-events.ts';
import type { TicketEvent } from '../../../server/contract/http.ts';

const TYPES: ReadonlySet<TicketEvent['type']> = new Set(callEventTypes);
export const isCallEvent = ({ type }: TicketEvent): boolean => TYPES.has(type);

/** The call that an event of a contact's story is about: the one it names, else the last that had begun by then. */
export function callOf(event: TicketEvent, calls: readonly CallView[]): CallView | null {
  const { callId } = event.data;
  if (typeof callId === 'string') return calls.find(({ id }) => id === callId) ?? null;
  return calls.findLast(({ ticketId, startedAt }) => ticketId === event.ticketId && startedAt <= event.at) ?? null;
}
