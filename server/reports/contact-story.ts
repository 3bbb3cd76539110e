import type { TicketEvent } from '../contract/http.ts';

/** A line of a contact's story, as far as figures depend on it. */
export interface StoryLine {
  id: number;
  type: TicketEvent['type'];
  at: Date;
  actorType: TicketEvent['actor']['type'];
  actorId: string | null;
  data: Record<string, unknown>;
}

/** Every instant of a contact belongs to one of these. shut: it waited while its queue was closed. */
export const contactParts = ['bot', 'wait', 'shut', 'active', 'hold', 'wrap', 'aside', 'closed'] as const;
export type ContactPart = (typeof contactParts)[number];

/** Somebody had the contact in their hands. Whole seconds since 1970. */
export interface Stretch {
  operatorId: string;
  began: number;
  /** Null: they have it still. */
  ended: number | null;
}

/** Where a contact stands while its story is read. Instants are whole seconds since 1970. */
export interface Standing {
  place: 'bot' | 'waiting' | 'held' | 'aside' | 'closed';
  /** Its holder, while there is one. */
  operatorId: string | null;
  /** The queue whose hours its waiting goes by. */
  waitsIn: string | null;
  /** The call under way. */
  call: { id: string; isOut: boolean; answered: boolean; held: boolean } | null;
  /** The last call's end is being written up by whoever holds it. */
  wrapping: boolean;
  /** To whom a call was passed on by somebody who stayed until they talked. */
  warmTo: string | null;

  openedAt: number | null;
  withBot: boolean;
  outbound: boolean;
  queueId: string | null;
  queuedAt: number | null;
  answeredAt: number | null;
  closedAt: number | null;
  closedBy: StoryLine['actorType'] | null;
  /** It ended by becoming part of another. */
  merged: boolean;
  callOutcome: string | null;
  lastOperatorId: string | null;
  transfers: number;
  reopenings: number;
  disposition: string | null;
  rating: number | null;
  wrapBeside: number;
  stretches: Stretch[];
}

export const beginning = (): Standing => ({
  place: 'bot',
  operatorId: null,
  waitsIn: null,
  call: null,
  wrapping: false,
  warmTo: null,
  openedAt: null,
  withBot: true,
  outbound: false,
  queueId: null,
  queuedAt: null,
  answeredAt: null,
  closedAt: null,
  closedBy: null,
  merged: false,
  callOutcome: null,
  lastOperatorId: null,
  transfers: 0,
  reopenings: 0,
  disposition: null,
  rating: null,
  wrapBeside: 0,
  stretches: [],
});

/** Whoever is being rung for a caller has the contact, but the caller still waits for a voice. */
export const isBeingRung = ({ place, call, answeredAt }: Standing): boolean =>
  place === 'held' && call !== null && !call.isOut && !call.answered && answeredAt === null;

/** What the time goes into from here on. `wait` is parted by the hours of the queue. */
export function partOf(standing: Standing): Exclude<ContactPart, 'shut'> {
  const { place, call, wrapping } = standing;
  if (place === 'bot' || place === 'aside' || place === 'closed') return place;
  if (place === 'waiting' || isBeingRung(standing)) return 'wait';
  if (call) return call.held ? 'hold' : 'active';
  return wrapping ? 'wrap' : 'active';
}
