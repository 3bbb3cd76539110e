import type { TicketEvent } from '../../../server/contract/http.ts';
import type { Message } from '../../../server/contract/message.ts';
import { envelopeOf } from './mail.ts';
import type { Unsent } from './unsent.ts';

export type TimelineItem =
  | { kind: 'day'; key: string; date: string }
  | { kind: 'contact'; key: string; ticketId: string }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean }
  | { kind: 'event'; key: string; event: TicketEvent }
  | { kind: 'unsent'; key: string; item: Unsent };

/** Messages of one author this close together are one group under one name. */
const GROUP_MILLISECONDS = 180_000;

interface Source {
  messages: readonly Message[];
  events: readonly TicketEvent[];
  unsent: readonly Unsent[];
  /** While earlier pages are missing, events before the first message would stand alone. */
  hasEarlier: boolean;
  /** The contact that one is part of, or itself; absent: each is one. */
  partOf?: (ticketId: string) => string;
  /** The local date of a moment in the city, as `2026-03-09`. */
  dateOf: (at: string) => string;
}

function together(a: Message | null, b: Message): boolean {
  return (
    a !== null &&
    // Each mail has an envelope of its own.
    envelopeOf(a) === null &&
    envelopeOf(b) === null &&
    a.author.type === b.author.type &&
    a.author.id === b.author.id &&
    a.ticketId === b.ticketId &&
    a.conversationId === b.conversationId &&
    Date.parse(b.createdAt) - Date.parse(a.createdAt) < GROUP_MILLISECONDS
  );
}

type Entry = { at: string; message: Message } | { at: string; event: TicketEvent };

/** What the citizen was told, and the event that tells the operator the same. */
const TOLD_BY_EVENT: Partial<Record<string, TicketEvent['type'][]>> = {
  handed_off: ['queued'],
  operator_joined: ['offer_accepted', 'transferred', 'reopened'],
  transferred: ['transferred', 'requeued'],
  closed: ['closed'],
  closed_by_citizen: ['closed'],
};
const SAME_MOMENT_MILLISECONDS = 5_000;

function isToldByEvent(message: Message, events: readonly TicketEvent[]): boolean {
  const [part] = message.parts;
  if (message.parts.length !== 1 || part?.type !== 'notice') return false;
  const types = TOLD_BY_EVENT[part.key] ?? [];
  const at = Date.parse(message.createdAt);
  return events.some(
    (event) =>
      event.ticketId === message.ticketId &&
      types.includes(event.type) &&
      Math.abs(Date.parse(event.at) - at) < SAME_MOMENT_MILLISECONDS,
  );
}

/** A message and what it set off are stored in one moment: a contact begins, or comes back, before what is said in it. */
const BEGINS: ReadonlySet<TicketEvent['type']> = new Set(['opened', 'reopened', 'woken']);

const isBefore = (event: TicketEvent, message: Message): boolean =>
  event.at < message.createdAt || (event.at === message.createdAt && BEGINS.has(event.type));

/** By time; messages keep their own order whatever their clocks say. */
function interleave({ messages, events, hasEarlier }: Source): Entry[] {
  const start = hasEarlier ? (messages[0]?.createdAt ?? '') : '';
  const rest = events.filter((event) => event.at >= start);
  const entries: Entry[] = [];
  let next = 0;
  for (const message of messages) {
    if (isToldByEvent(message, rest)) continue;
    for (let event = rest[next]; event && isBefore(event, message); event = rest[++next]) {
      entries.push({ at: event.at, event });
    }
    entries.push({ at: message.createdAt, message });
  }
  for (const event of rest.slice(next)) entries.push({ at: event.at, event });
  return entries;
}

/** The stored copy may arrive before the server's answer to the sender: then it takes the place of the unsent one. */
function isStored(item: Unsent, { messages, events }: Source): boolean {
  if (item.kind === 'reply') return messages.some((message) => message.clientId === item.clientId);
  return events.some((event) => event.type === 'note' && event.at >= item.at && event.data.text === item.text);
}

/** Everything of a conversation in the order it is read, with the lines between days and contacts. */
export function buildTimeline(source: Source): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  let ticketId: string | null = null;
  let previous: Extract<TimelineItem, { kind: 'message' }> | null = null;

  for (const entry of interleave(source)) {
    const date = source.dateOf(entry.at);
    if (date !== day) {
      items.push({ kind: 'day', key: `day:${date}`, date });
      previous = null;
      day = date;
    }
    const of: string | null = 'message' in entry ? entry.message.ticketId : entry.event.ticketId;
    const owner = of && (source.partOf?.(of) ?? of);
    if (owner && owner !== ticketId) {
      items.push({ kind: 'contact', key: `contact:${owner}:${items.length}`, ticketId: owner });
      previous = null;
      ticketId = owner;
    }
    if ('event' in entry) {
      const { event } = entry;
      items.push({ kind: 'event', key: `event:${event.ticketId}:${event.id}`, event });
      previous = null;
      continue;
    }
    const joined = together(previous?.message ?? null, entry.message);
    if (previous && joined) previous.last = false;
    previous = { kind: 'message', key: entry.message.id, message: entry.message, first: !joined, last: true };
    items.push(previous);
  }
  for (const item of source.unsent.filter((each) => !isStored(each, source)))
    items.push({ kind: 'unsent', key: `unsent:${item.clientId}`, item });
  return items;
}
