import type { ContactOutcome } from '../../contract/report-terms.ts';
import { answeredAt, doingAfter, endOf, lastHolder, placeAfter, queueAfter, queuedAt } from './look-back.ts';
import type { OpenSeconds } from './open-minutes.ts';
import type { RawContact, RawLine, RawQueue } from './raw-day.ts';

/** Somebody had a contact in their hands; whole seconds since 1970, and null for an end that has not come. */
export interface InHands {
  operatorId: string;
  from: number;
  to: number | null;
}

/** What one contact came to, reckoned from its lines alone. */
export interface Reckoned {
  contact: RawContact;
  outcome: ContactOutcome;
  withBot: boolean;
  /** Whole seconds since 1970. */
  queuedAt: number | null;
  answeredAt: number | null;
  closedAt: number | null;
  queueId: string | null;
  operatorId: string | null;
  topic: string | null;
  waited: number;
  /** Whether it waited for longer than its queue promises, up to its answer, its end, or now; null: none promises it. */
  isLate: boolean | null;
  talk: number;
  hold: number;
  wrap: number;
  transfers: number;
  rating: number | null;
  hands: InHands[];
}

/** Nobody answers sooner: who left by then was not kept waiting. */
const SHORT_SECONDS = 10;

export interface Rules {
  queues: ReadonlyMap<string, RawQueue>;
  openSeconds: OpenSeconds;
  now: Date;
}

export function reckonContact(contact: RawContact, rules: Rules): Reckoned {
  const { lines } = contact;
  const queued = queuedAt(lines);
  const answered = answeredAt(lines);
  const end = endOf(lines);
  const isOutbound = lines.some((line, at) => isCallOfTheCity(lines, line, at));
  const queueId = answered < 0 ? queueAfter(lines, lines.length - 1) : queueOfAnswer(lines, answered);
  const outcome = isOutbound ? 'outbound' : outcomeOf(lines, queued, answered, end);
  const times = timesOf(contact, rules, answered);
  const level = rules.queues.get(queueId ?? '')?.levelSeconds;
  const still = outcome === 'waiting' ? openBetween(rules, lines, lines.length - 1, nowOf(rules)) : 0;
  return {
    contact,
    outcome,
    withBot: !isOutbound && !lines.some(({ type, actorType, data }) => isStraight(type, actorType, data)),
    queuedAt: lines[queued]?.at ?? null,
    answeredAt: lines[answered]?.at ?? null,
    closedAt: end?.at ?? null,
    queueId,
    operatorId: lastHolder(lines, lines.length - 1),
    topic: topicOf(contact),
    waited: times.waited,
    isLate: level === undefined ? null : times.waited + still > level,
    talk: times.talk,
    hold: times.hold,
    wrap: times.wrap,
    transfers: lines.filter(({ type }) => type === 'transferred').length,
    rating: ratingOf(lines),
    hands: times.hands,
  };
}

const nowOf = ({ now }: Rules): number => now.getTime() / 1_000;

/** It came into a queue by itself, as mails do: no bot sent it there. */
const isStraight = (type: string, actorType: string, data: RawLine['data']): boolean =>
  type === 'queued' && actorType === 'citizen' && data.reason === undefined;

/** A contact that an operator began by calling somebody. */
function isCallOfTheCity(lines: readonly RawLine[], { type, data, actorType, at }: RawLine, index: number): boolean {
  if (type !== 'call_began' || data.direction !== 'out' || actorType !== 'operator') return false;
  const opened = lines.slice(0, index).findLast((line) => line.type === 'opened');
  const queued = queuedAt(lines);
  return opened?.at === at && (queued < 0 || queued > index);
}

/** Where it was answered; one that the bot's was taken from, where it waited first afterwards. */
function queueOfAnswer(lines: readonly RawLine[], answered: number): string | null {
  const before = queueAfter(lines, answered);
  if (before) return before;
  for (let at = answered; at < lines.length; at += 1) {
    const queue = queueAfter(lines, at);
    if (queue) return queue;
  }
  return null;
}

function outcomeOf(
  lines: readonly RawLine[],
  queued: number,
  answered: number,
  end: RawLine | null,
): Exclude<ContactOutcome, 'outbound'> {
  if (answered >= 0) return 'answered';
  const last = lines.length - 1;
  if (!end) return doingAfter(lines, last, answered) === 'wait' ? 'waiting' : 'bot';
  if (end.actorType === 'operator') return 'dismissed';
  const first = lines[queued];
  if (first) return end.at - first.at < SHORT_SECONDS ? 'short_abandoned' : 'abandoned';
  const call = lines.findLast(({ type }) => type === 'call_ended');
  return call?.data.outcome === 'abandoned' ? 'left_bot' : 'contained';
}

/** Where the time went, from each line to the next. */
function timesOf({ lines }: RawContact, rules: Rules, answered: number) {
  const times = { waited: 0, talk: 0, hold: 0, wrap: 0, hands: [] as InHands[] };
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const doing = doingAfter(lines, index, answered);
    if (next) {
      if (doing === 'wait' && (answered < 0 || index < answered))
        times.waited += openBetween(rules, lines, index, next.at);
      if (doing === 'talk' || doing === 'hold' || doing === 'wrap') times[doing] += next.at - line.at;
    }
    const beside = writtenBeside(lines, index);
    if (beside) {
      times.wrap += beside.seconds;
      if (line.actorId) times.hands.push({ operatorId: line.actorId, from: line.at - beside.seconds, to: line.at });
    }
    const place = placeAfter(lines, index);
    if (place.is === 'held' && place.since === index && place.by) {
      const left = lines.findIndex((_one, at) => at > index && placeAfter(lines, at).since > index);
      times.hands.push({ operatorId: place.by, from: line.at, to: lines[left]?.at ?? null });
    }
  }
  return times;
}

/** Of the time after a line, what its queue was open. */
function openBetween({ queues, openSeconds }: Rules, lines: readonly RawLine[], index: number, to: number): number {
  const from = lines[index]?.at ?? to;
  const queue = queues.get(queueAfter(lines, index) ?? '');
  return queue ? openSeconds(queue.hours, from, to) : to - from;
}

/** Somebody finished writing about a contact that had gone on to another person meanwhile. */
function writtenBeside(lines: readonly RawLine[], index: number): { seconds: number } | null {
  const { type, actorId, at, data } = lines[index] as RawLine;
  if (type !== 'wrap_up_ended' || typeof data.seconds !== 'number') return null;
  const place = placeAfter(lines, index);
  if (place.is === 'held' && place.by === actorId) return null;
  return endOf(lines, index)?.at === at ? null : { seconds: data.seconds };
}

function ratingOf(lines: readonly RawLine[]): number | null {
  const scores = lines.flatMap(({ type, data }) =>
    type === 'rated' && typeof data.score === 'number' ? data.score : [],
  );
  return scores.at(-1) ?? null;
}

/** What the bot took it for last, and was not put right about. */
function topicOf({ turns }: RawContact): string | null {
  const meant = turns.filter(({ understood, corrected }) => understood !== null && !corrected);
  return meant.sort((a, b) => b.upTo - a.upTo)[0]?.understood ?? null;
}
