import type { ContactOutcome } from '../contract/report-terms.ts';
import {
  beginning,
  type ContactPart,
  contactParts,
  isBeingRung,
  partOf,
  type Standing,
  type StoryLine,
  type Stretch,
} from './contact-story.ts';
import { readLine } from './read-line.ts';

/** Whoever leaves a queue sooner was not kept waiting: nobody answers within it. */
export const SHORT_ABANDON_SECONDS = 10;

/** The queues' clocks, which stand still outside their hours. */
export interface QueueClocks {
  /** What the queue promises; null for one that is no more. */
  levelSeconds(queueId: string | null): number | null;
  openSeconds(queueId: string | null, from: Date, to: Date): number;
  /** When `seconds` of open time will have gone by; null: never. */
  afterOpenSeconds(queueId: string | null, from: Date, seconds: number): Date | null;
}

/** What a contact came to, drawn from its story alone. Durations are whole seconds. */
export interface FoldedContact {
  outcome: ContactOutcome;
  withBot: boolean;
  beganAt: Date;
  queueId: string | null;
  queuedAt: Date | null;
  answeredAt: Date | null;
  abandonedAt: Date | null;
  closedAt: Date | null;
  /** In open hours, until the first answer, or the end, or the last line. */
  waitedSeconds: number;
  levelSeconds: number | null;
  /** When a contact that still waits will have waited for longer than its queue promises. */
  lateAt: Date | null;
  /** They add up to the time from the first line to the last. */
  parts: Record<ContactPart, number>;
  wrapBesideSeconds: number;
  transfers: number;
  reopenings: number;
  operatorId: string | null;
  disposition: string | null;
  rating: number | null;
  stretches: Stretch[];
  lastEventId: number;
  lastEventAt: Date;
}

/** @param lines in the order of their ids; null when there are none, as of contacts that were erased */
export function foldContact(lines: readonly StoryLine[], clocks: QueueClocks): FoldedContact | null {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return null;
  const standing = beginning();
  const parts = Object.fromEntries(contactParts.map((part) => [part, 0])) as Record<ContactPart, number>;
  const began = seconds(first.at);
  let now = began;
  let waited = 0;
  for (const line of lines) {
    // Two transactions may have begun in one order and committed in the other.
    const at = Math.max(now, seconds(line.at));
    waited += passTime(standing, parts, clocks, now, at);
    readLine(standing, line, at);
    now = at;
  }
  const outcome = outcomeOf(standing);
  const level = clocks.levelSeconds(standing.queueId);
  return {
    outcome,
    withBot: standing.withBot && !standing.outbound,
    beganAt: first.at,
    queueId: standing.queueId,
    queuedAt: date(standing.queuedAt),
    answeredAt: date(standing.answeredAt),
    abandonedAt: outcome === 'abandoned' || outcome === 'short_abandoned' ? date(standing.closedAt) : null,
    closedAt: date(standing.closedAt),
    waitedSeconds: waited,
    levelSeconds: level,
    lateAt: outcome === 'waiting' && level !== null ? lateAt(standing, clocks, now, level - waited) : null,
    parts,
    wrapBesideSeconds: standing.wrapBeside,
    transfers: standing.transfers,
    reopenings: standing.reopenings,
    operatorId: standing.lastOperatorId,
    disposition: standing.disposition,
    rating: standing.rating,
    stretches: standing.stretches,
    lastEventId: last.id,
    lastEventAt: new Date(now * 1_000),
  };
}

/** Puts the time up to the next line into its part. @returns what of it was waiting for the first answer */
function passTime(
  standing: Standing,
  parts: Record<ContactPart, number>,
  clocks: QueueClocks,
  from: number,
  to: number,
): number {
  const part = partOf(standing);
  if (part !== 'wait' || to === from) {
    parts[part] += to - from;
    return 0;
  }
  const open = Math.round(clocks.openSeconds(standing.waitsIn, new Date(from * 1_000), new Date(to * 1_000)));
  parts.wait += open;
  parts.shut += to - from - open;
  return standing.answeredAt === null ? open : 0;
}

function outcomeOf(standing: Standing): ContactOutcome {
  const { place, queuedAt, answeredAt, closedAt, closedBy } = standing;
  if (standing.outbound) return 'outbound';
  // Whatever was done in it is part of the contact that it went on in, which counts.
  if (standing.merged) return 'merged';
  if (answeredAt !== null) return 'answered';
  if (closedAt === null) return place === 'waiting' || isBeingRung(standing) ? 'waiting' : 'bot';
  if (closedBy === 'operator') return 'dismissed';
  if (queuedAt === null) return standing.callOutcome === 'abandoned' ? 'left_bot' : 'contained';
  return closedAt - queuedAt < SHORT_ABANDON_SECONDS ? 'short_abandoned' : 'abandoned';
}

function lateAt({ waitsIn }: Standing, clocks: QueueClocks, now: number, left: number): Date | null {
  return left < 0 ? new Date(now * 1_000) : clocks.afterOpenSeconds(waitsIn, new Date(now * 1_000), left);
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
const date = (at: number | null): Date | null => (at === null ? null : new Date(at * 1_000));
