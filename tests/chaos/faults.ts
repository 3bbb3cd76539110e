import type { Random } from './random.ts';

export const faultKinds = ['kill server', 'restart database', 'kill database', 'empty job store'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  kind: FaultKind;
  /** Milliseconds after the fault before. */
  afterMs: number;
}

/** What will happen, decided before anything does: every kind at least once, the server killed again and again. */
export function planFaults(random: Random, seconds: number): Fault[] {
  const spaced = (kind: FaultKind): Fault => ({ kind, afterMs: 1_500 + random.below(2_000) });
  const must = [...faultKinds, 'kill server' as const];
  const order = must.map((kind) => ({ kind, at: random.next() })).sort((a, b) => a.at - b.at);
  const faults = order.map(({ kind }) => spaced(kind));
  const usual: FaultKind[] = ['kill server', 'kill server', 'kill server', ...faultKinds];
  // A fault and the recovery from it take about six seconds together.
  while (faults.length * 6 < seconds) faults.push(spaced(random.pick(usual)));
  return faults;
}
