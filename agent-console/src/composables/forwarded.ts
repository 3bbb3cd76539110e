import type { TicketEvent } from '../../../server/contract/http.ts';
import type { MediaPart } from '../../../server/contract/message.ts';

/** What an event tells about a contact's way to a department and back. */
export interface Forwarded {
  department: string;
  /** Address it went to, or that answered. */
  address: string;
  text: string;
  reason: string;
  files: MediaPart[];
}

const forwardTypes = ['forwarded', 'forward_answered', 'forward_failed'] as const;
export type ForwardEvent = TicketEvent & { type: (typeof forwardTypes)[number] };

export const isForwardEvent = (event: TicketEvent): event is ForwardEvent =>
  forwardTypes.some((type) => type === event.type);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isMedia(value: unknown): value is MediaPart {
  return typeof value === 'object' && value !== null && 'attachmentId' in value && 'mimeType' in value;
}

/** An event's data as it is read; what is not there is empty. */
export function forwardedOf({ data }: TicketEvent): Forwarded {
  return {
    department: textOf(data.title) || textOf(data.department),
    address: textOf(data.to) || textOf(data.from),
    text: textOf(data.text),
    reason: textOf(data.reason),
    files: Array.isArray(data.files) ? data.files.filter(isMedia) : [],
  };
}
