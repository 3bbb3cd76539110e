import type { Random } from './random.ts';

/** Every run has each of these. */
const faultKinds = ['kill server', 'restart database', 'kill database', 'empty job store'] as const;
/** Longer runs have these too. */
const worseKinds = ['kill server while it starts', 'kill server and database'] as const;
export type FaultKind = (typeof faultKinds)[number] | (typeof worseKinds)[number];

export interface Fault {
  kind: FaultKind;
  /** Milliseconds after the recovery from the fault before. */
  afterMs: number;
  /** How far into its start a server is when it is killed again. */
  intoStartMs: number;
}

/** A fault, and the recovery from it. */
const SECONDS_EACH = 4;

/** What will happen, decided before anything does: every kind at least once, the server killed again and again. */
export function planFaults(random: Random, seconds: number): Fault[] {
  const spaced = (kind: FaultKind): Fault => ({
    kind,
    afterMs: 500 + random.below(2_000),
    intoStartMs: 200 + random.below(2_000),
  });
  const kinds: FaultKind[] = [...faultKinds, 'kill server'];
  const room = Math.floor(seconds / SECONDS_EACH) - kinds.length;
  kinds.push(...worseKinds.slice(0, Math.max(0, room)));
  while (kinds.length * SECONDS_EACH < seconds) kinds.push(random.pick([...faultKinds, ...worseKinds, 'kill server']));
  return kinds
    .map((kind) => ({ kind, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ kind }) => spaced(kind));
}
