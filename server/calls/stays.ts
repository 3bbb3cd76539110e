import type { LegState } from '../contract/call.ts';
import type { StoredFact } from './stored-fact.ts';

export interface LegRecord {
  state: LegState;
  joinedAt: Date | null;
  leftAt: Date | null;
}

/** Milliseconds, from inclusive, to exclusive; open ends are Infinity. */
export interface Span {
  from: number;
  to: number;
}

/** Somebody's time in the room, with which of the facts it began and ended: a line may tell of both at one instant. */
export interface Visit extends Span {
  came: number;
  went: number;
}

export type Indexed = StoredFact & { index: number };

export interface Stay {
  spans: Visit[];
  rang: boolean;
  unreached: boolean;
  leftAt: number | null;
}

/** The citizen goes into the room and out of it as often as they are passed on. */
export function comingsAndGoings(facts: readonly Indexed[], within: (at: Date) => number, end: number): Stay {
  const spans: Visit[] = [];
  let since: { from: number; came: number } | null = null;
  for (const fact of facts) {
    if (fact.kind === 'joined') since ??= { from: within(fact.at), came: fact.index };
    if (fact.kind !== 'left' || since === null) continue;
    spans.push({ ...since, to: Math.max(since.from, within(fact.at)), went: fact.index });
    since = null;
  }
  if (since !== null) spans.push({ ...since, to: end, went: Number.POSITIVE_INFINITY });
  return {
    spans,
    rang: facts.some(({ kind }) => kind === 'ringing'),
    unreached: facts.some(({ kind }) => kind === 'unreached'),
    leftAt: since === null ? (spans.at(-1)?.to ?? null) : null,
  };
}

/** Anybody else has one stay: who comes again has a leg of their own. The first end counts, whoever told of it. */
export function oneStay(facts: readonly Indexed[], within: (at: Date) => number, end: number): Stay {
  const joined = facts.find(({ kind }) => kind === 'joined');
  const over = facts.find(({ kind }) => kind === 'left' || kind === 'unreached');
  const from = joined ? within(joined.at) : null;
  const to = over ? within(over.at) : end;
  // Told that nobody answered before we heard that somebody had: too late is not there.
  const tooLate = over?.kind === 'unreached' && (from === null || from >= to);
  return {
    spans:
      !joined || from === null || tooLate
        ? []
        : [{ from, to: Math.max(from, to), came: joined.index, went: over?.index ?? Number.POSITIVE_INFINITY }],
    rang: facts.some(({ kind }) => kind === 'ringing'),
    unreached: tooLate,
    leftAt: over && !tooLate ? Math.max(from ?? to, to) : null,
  };
}

export function legRecord(stay: Stay, end: number): LegRecord | null {
  const [first] = stay.spans;
  const joinedAt = first ? new Date(first.from) : null;
  const ended = Number.isFinite(end);
  if (stay.unreached && !first) return { state: 'unreached', joinedAt: null, leftAt: null };
  if (stay.leftAt !== null) return { state: 'left', joinedAt, leftAt: new Date(stay.leftAt) };
  if (first)
    return ended ? { state: 'left', joinedAt, leftAt: new Date(end) } : { state: 'joined', joinedAt, leftAt: null };
  if (ended) return { state: 'unreached', joinedAt: null, leftAt: null };
  return stay.rang ? { state: 'ringing', joinedAt: null, leftAt: null } : null;
}

/** When two were in the room together, if only for an instant. */
export function meetings(some: readonly Visit[], others: readonly Visit[]): number[] {
  return some.flatMap((one) =>
    others.flatMap((other) =>
      Math.max(one.came, other.came) < Math.min(one.went, other.went) ? Math.max(one.from, other.from) : [],
    ),
  );
}

export function overlaps(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to, other.to);
      return to > from ? [{ from, to }] : [];
    }),
  );
}
