import type { CallOutcome, CallStage, CallTimes, LegRole } from '../contract/call.ts';
import {
  comingsAndGoings,
  type LegRecord,
  legRecord,
  meetings,
  oneStay,
  overlaps,
  type Span,
  type Visit,
} from './stays.ts';
import { orderFacts, type StoredFact } from './stored-fact.ts';

/** Somebody's end of a call, as far as its record depends on it. */
export interface FoldedLeg {
  id: string;
  role: LegRole;
}

export interface StageSpan {
  stage: Exclude<CallStage, 'ended'>;
  from: Date;
  /** Null: it goes on. */
  to: Date | null;
}

/** What is to be known of a call, drawn from its facts alone. */
export interface CallRecord {
  /** Where it was when, by what the city did with it. */
  stages: StageSpan[];
  answeredAt: Date | null;
  endedAt: Date | null;
  outcome: CallOutcome | null;
  abandonedIn: CallStage | null;
  times: CallTimes | null;
  /** Of those of which anything is known. */
  legs: Map<string, LegRecord>;
  /** Who is in the room now. */
  inRoom: ReadonlySet<string>;
}

export interface CallBeginning {
  startedAt: Date;
  direction: 'in' | 'out';
  /** They said or asked something, by voice or keys. */
  spoke: boolean;
}

const TALKS: ReadonlySet<LegRole> = new Set(['operator', 'consulted', 'outside']);

/**
 * Draws the record from what is known. The same facts give the same record in whichever order they came, and however
 * often; a line's clock that disagrees with ours makes a part shorter, never negative.
 */
export function foldCall(
  beginning: CallBeginning,
  legs: readonly FoldedLeg[],
  facts: readonly StoredFact[],
): CallRecord {
  const all = orderFacts(facts);
  const start = beginning.startedAt.getTime();
  const ending = all.find(({ kind }) => kind === 'ended');
  const end = ending ? Math.max(start, ending.at.getTime()) : Number.POSITIVE_INFINITY;
  // What is said to have happened later has happened to nobody; what it came to may be known only then.
  const sorted = all.filter(({ at, kind }) => kind === 'outcome' || at.getTime() <= end);
  const within = (at: Date): number => Math.min(Math.max(at.getTime(), start), end);

  const stages = stagesOf(sorted, within, start, end, beginning.direction);
  const citizen = legs.find(({ role }) => role === 'citizen');
  const known = new Map<string, LegRecord>();
  const spans = new Map<string, Visit[]>();
  for (const leg of legs) {
    const own = [...sorted.entries()].flatMap(([index, fact]) => (fact.legId === leg.id ? { ...fact, index } : []));
    const theirs = leg === citizen ? comingsAndGoings(own, within, end) : oneStay(own, within, end);
    spans.set(leg.id, theirs.spans);
    const record = legRecord(theirs, end);
    if (record) known.set(leg.id, record);
  }

  const citizenSpans = citizen ? (spans.get(citizen.id) ?? []) : [];
  const people = legs.filter(({ role }) => TALKS.has(role)).flatMap(({ id }) => spans.get(id) ?? []);
  const passedOn = stages.filter(({ outside }) => outside).map(({ from, to }) => ({ from, to }));
  const withPerson = [...overlaps(citizenSpans, people), ...passedOn];
  const held = citizen ? heldSpans(sorted, citizen.id, within, end) : [];
  const answered = meetings(citizenSpans, people);
  const answeredAt = answered.length > 0 ? Math.min(...answered) : null;

  const isEnded = ending !== undefined;
  const outcome = isEnded ? outcomeOf(beginning, sorted, stages, answeredAt, ending) : null;
  return {
    stages: stages.map(({ stage, from, to }) => ({
      stage,
      from: new Date(from),
      to: Number.isFinite(to) ? new Date(to) : null,
    })),
    answeredAt: answeredAt === null ? null : new Date(answeredAt),
    endedAt: isEnded ? new Date(end) : null,
    outcome,
    abandonedIn: outcome === 'abandoned' ? (stages.at(-1)?.stage ?? 'bot') : null,
    times: isEnded ? timesOf(start, end, stages, withPerson, held) : null,
    legs: known,
    inRoom: new Set([...spans].flatMap(([id, theirs]) => (theirs.some(({ to }) => to === Infinity) ? id : []))),
  };
}

interface Stage extends Span {
  stage: Exclude<CallStage, 'ended'>;
  /** With a number outside that they were passed on to. */
  outside: boolean;
}

const STAGES: ReadonlySet<string> = new Set(['dialling', 'bot', 'queue', 'connecting', 'room', 'voicemail']);

function stagesOf(
  sorted: readonly StoredFact[],
  within: (at: Date) => number,
  start: number,
  end: number,
  direction: 'in' | 'out',
): Stage[] {
  const stages: Stage[] = [{ stage: direction === 'in' ? 'bot' : 'connecting', from: start, to: end, outside: false }];
  for (const fact of sorted) {
    if (!STAGES.has(fact.kind)) continue;
    const from = within(fact.at);
    const before = stages.at(-1);
    if (before) before.to = from;
    stages.push({ stage: fact.kind as Stage['stage'], from, to: end, outside: fact.data.outside === true });
  }
  // What lasted no time was corrected in the same instant; the last one is where the call is.
  return stages.filter(({ from, to }, index) => to > from || index === stages.length - 1);
}

/** Putting on hold is ours to decide, so it counts by our clock; a line only says that it was done. */
function heldSpans(
  sorted: readonly StoredFact[],
  citizenId: string,
  within: (at: Date) => number,
  end: number,
): Span[] {
  const spans: Span[] = [];
  let since: number | null = null;
  for (const fact of sorted) {
    if (!fact.own || fact.legId !== citizenId) continue;
    if (fact.kind === 'held') since ??= within(fact.at);
    if (fact.kind !== 'resumed' || since === null) continue;
    spans.push({ from: since, to: within(fact.at) });
    since = null;
  }
  return since === null ? spans : [...spans, { from: since, to: end }];
}

const PART: Record<Stage['stage'], Exclude<keyof CallTimes, 'total' | 'talk' | 'hold'>> = {
  dialling: 'dialling',
  bot: 'bot',
  queue: 'wait',
  connecting: 'wait',
  room: 'wait',
  voicemail: 'voicemail',
};

/** Each instant of the call belongs to one part, so the parts add up. */
function timesOf(
  start: number,
  end: number,
  stages: readonly Stage[],
  withPerson: readonly Span[],
  held: readonly Span[],
): CallTimes {
  const times: CallTimes = { total: end - start, dialling: 0, bot: 0, wait: 0, talk: 0, hold: 0, voicemail: 0 };
  const edges = new Set([start, end]);
  for (const { from, to } of [...stages, ...withPerson, ...held]) edges.add(from).add(to);
  const cuts = [...edges].filter((edge) => edge >= start && edge <= end).sort((a, b) => a - b);
  for (const [index, from] of cuts.entries()) {
    const to = cuts[index + 1];
    if (to === undefined) break;
    const during = (span: Span): boolean => span.from <= from && from < span.to;
    const stage = stages.findLast(during)?.stage ?? 'bot';
    const part = withPerson.some(during) ? (held.some(during) ? 'hold' : 'talk') : PART[stage];
    times[part] += to - from;
  }
  return times;
}

function outcomeOf(
  { direction, spoke }: CallBeginning,
  sorted: readonly StoredFact[],
  stages: readonly Stage[],
  answeredAt: number | null,
  ending: StoredFact,
): CallOutcome {
  const decided = sorted.findLast(({ kind }) => kind === 'outcome')?.data.outcome as CallOutcome | undefined;
  if (decided === 'transferred') return 'transferred';
  if (answeredAt !== null) return 'answered';
  if (decided) return decided;
  const last = stages.at(-1)?.stage ?? 'bot';
  if (direction === 'out' && (last === 'connecting' || last === 'dialling')) {
    return ending.data.reason === 'failed' ? 'failed' : 'unreached';
  }
  if (ending.data.reason === 'failed') return 'failed';
  return last === 'bot' && spoke ? 'self_service' : 'abandoned';
}
