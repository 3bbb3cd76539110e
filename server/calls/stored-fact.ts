import type { CallOutcome, CallStage } from '../contract/call.ts';
import type { CallFact } from '../contract/voice.ts';

type LineFactKind = CallFact['what']['kind'];

/** Something known of a call. What we did ourselves is known like anything else, by our own clock. */
export interface StoredFact {
  key: string;
  at: Date;
  order: number;
  kind: LineFactKind | CallStage | 'outcome';
  legId: string | null;
  data: Record<string, unknown>;
  /** Ours, not the line's. */
  own: boolean;
}

/** What we did: moved the call on, held or ended somebody, settled what it came to. */
export type OwnFact =
  | { kind: Exclude<CallStage, 'ended'>; outside?: boolean }
  | { kind: 'joined' | 'left' | 'held' | 'resumed'; legId: string }
  | { kind: 'unreached'; legId: string; reason: 'busy' | 'no_answer' | 'declined' | 'failed' }
  | { kind: 'outcome'; outcome: CallOutcome }
  | { kind: 'ended'; reason: Extract<CallFact['what'], { kind: 'ended' }>['reason'] };

export const orderFacts = (facts: readonly StoredFact[]): StoredFact[] =>
  [...new Map(facts.map((fact) => [fact.key, fact])).values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order || (a.key < b.key ? -1 : 1),
  );
