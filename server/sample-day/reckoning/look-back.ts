import type { RawLine } from './raw-day.ts';

/**
 * Where a contact stood after a line of its story, found by looking back from it. Nothing is remembered from one line to
 * the next, so that this has nothing in common with the way in which the program itself reads stories.
 */
export type Place =
  | { is: 'bot' | 'aside' | 'closed'; since: number }
  | { is: 'waiting'; since: number }
  | { is: 'held'; since: number; by: string | null };

type Story = readonly RawLine[];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The newest line at `index` or before it of which something holds; -1: none. */
function newest(lines: Story, index: number, holds: (line: RawLine, at: number) => boolean): number {
  for (let at = index; at >= 0; at -= 1) if (holds(lines[at] as RawLine, at)) return at;
  return -1;
}

export function placeAfter(lines: Story, index: number): Place {
  for (let at = index; at >= 0; at -= 1) {
    const place = placedBy(lines, at);
    if (place) return place;
  }
  return { is: 'bot', since: 0 };
}

/** Where a line puts a contact; null: it leaves it where it is. */
function placedBy(lines: Story, at: number): Place | null {
  const { type, data, actorId } = lines[at] as RawLine;
  const waiting: Place = { is: 'waiting', since: at };
  switch (type) {
    case 'queued':
    case 'requeued':
      return waiting;
    case 'offered':
      return placeAfter(lines, at - 1).is === 'waiting' ? null : waiting;
    case 'offer_accepted':
      return { is: 'held', since: at, by: text(data.operatorId) ?? actorId };
    case 'transferred': {
      const to = text(data.operatorId);
      return to && to === stayedFor(lines, at - 1) ? { is: 'held', since: at, by: to } : waiting;
    }
    case 'woken':
      if (data.to === 'waiting') return waiting;
      return { is: 'held', since: at, by: text(data.operatorId) ?? lastHolder(lines, at - 1) };
    case 'reopened':
      if (data.to !== 'assigned' && 'queueId' in data) return waiting;
      return { is: 'held', since: at, by: text(data.operatorId) ?? actorId };
    case 'snoozed':
      return { is: 'aside', since: at };
    case 'closed':
      return { is: 'closed', since: at };
    default:
      return null;
  }
}

/** To whom the call was being passed on by whoever had the contact at that line, and stayed until they talked. */
function stayedFor(lines: Story, index: number): string | null {
  for (let at = index; at >= 0; at -= 1) {
    const { type, data } = lines[at] as RawLine;
    if (type === 'call_transferred') return data.how === 'warm' ? text(data.operatorId) : null;
    if (placedBy(lines, at)) return null;
  }
  return null;
}

/** The last person who had the contact in their hands, at that line or before. */
export function lastHolder(lines: Story, index: number): string | null {
  for (let at = index; at >= 0; at -= 1) {
    const place = placedBy(lines, at);
    if (place?.is === 'held' && place.by) return place.by;
  }
  return null;
}

/** The queue in which it waits, or last waited, at that line. */
export function queueAfter(lines: Story, index: number): string | null {
  for (let at = index; at >= 0; at -= 1) {
    const queue = text((lines[at] as RawLine).data.queueId);
    if (queue && placedBy(lines, at)?.is === 'waiting') return queue;
  }
  return null;
}

/** The call that is on at that line. */
export function callAfter(lines: Story, index: number): { isOut: boolean; answered: boolean; onHold: boolean } | null {
  const began = newest(lines, index, ({ type }) => type === 'call_began' || type === 'call_ended');
  const line = lines[began];
  if (line?.type !== 'call_began') return null;
  const since = (holds: (line: RawLine) => boolean) => newest(lines, index, (one, at) => at > began && holds(one));
  const held = since(({ type }) => type === 'call_held' || type === 'call_resumed');
  return {
    isOut: line.data.direction === 'out',
    answered: since(({ type }) => type === 'call_answered') >= 0,
    onHold: lines[held]?.type === 'call_held',
  };
}

/** Somebody is rung, and the caller hears music still. */
function isRung(lines: Story, index: number): boolean {
  const call = callAfter(lines, index);
  return call !== null && !call.isOut && !call.answered;
}

/** The line with which a person first spoke to them; -1: nobody did. */
export function answeredAt(lines: Story): number {
  return lines.findIndex(({ type }, at) => {
    if (type === 'call_answered') return true;
    return placedBy(lines, at)?.is === 'held' && !isRung(lines, at);
  });
}

export const queuedAt = (lines: Story): number => lines.findIndex((_line, at) => placedBy(lines, at)?.is === 'waiting');

/** What the time after a line goes into. */
export function doingAfter(lines: Story, index: number, answered: number): 'wait' | 'talk' | 'hold' | 'wrap' | 'else' {
  const place = placeAfter(lines, index);
  if (place.is === 'waiting') return 'wait';
  if (place.is !== 'held') return 'else';
  const isAnswered = answered >= 0 && answered <= index;
  const call = callAfter(lines, index);
  if (call && !call.isOut && !call.answered && !isAnswered) return 'wait';
  if (call) return call.onHold ? 'hold' : 'talk';
  const ended = newest(lines, index, ({ type }, at) => at > place.since && type === 'call_ended');
  const written = newest(
    lines,
    index,
    ({ type, actorId }, at) => at > ended && type === 'wrap_up_ended' && actorId === place.by,
  );
  return ended >= 0 && written < 0 ? 'wrap' : 'talk';
}

/** It is over; the line that says so. Null: it goes on, or was opened again. */
export function endOf(lines: Story, index = lines.length - 1): RawLine | null {
  const last = lines[newest(lines, index, ({ type }) => type === 'closed' || type === 'reopened')];
  return last?.type === 'closed' ? last : null;
}
