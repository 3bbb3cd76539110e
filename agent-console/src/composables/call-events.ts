import type { CallView } from '../../../server/contract/call.ts';
import type { TicketEvent } from '../../../server/contract/http.ts';

const TYPES: ReadonlySet<TicketEvent['type']> = new Set([
  'call_began',
  'call_answered',
  'call_held',
  'call_resumed',
  'call_consulted',
  'call_transferred',
  'call_monitored',
  'call_recording_paused',
  'call_recording_resumed',
  'call_ended',
  'callback_wanted',
  'voicemail_left',
  'wrap_up_ended',
]);
export const isCallEvent = ({ type }: TicketEvent): boolean => TYPES.has(type);

/** The call that an event of a contact's story is about: the one it names, else the last that had begun by then. */
export function callOf(event: TicketEvent, calls: readonly CallView[]): CallView | null {
  const { callId } = event.data;
  if (typeof callId === 'string') return calls.find(({ id }) => id === callId) ?? null;
  return calls.findLast(({ ticketId, startedAt }) => ticketId === event.ticketId && startedAt <= event.at) ?? null;
}
