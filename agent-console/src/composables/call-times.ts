import type { CallTimes } from '../../../server/contract/call.ts';

/** The parts of a call in the order in which they come. */
export const callParts = ['dialling', 'bot', 'wait', 'voicemail', 'talk', 'hold'] as const;
export type CallPart = (typeof callParts)[number];

export interface Stretch {
  part: CallPart;
  /** Whole, and together those of the total. */
  seconds: number;
  /** Of the whole call, 0 to 1. */
  share: number;
}

/**
 * A call's parts in whole seconds. Those that lose most by cutting the fraction get the seconds left over, so that what
 * is written under a call adds up to its length.
 */
export function stretchesOf(times: CallTimes): Stretch[] {
  const total = Math.round(times.total / 1_000);
  const parts = callParts.map((part) => ({
    part,
    milliseconds: times[part],
    seconds: Math.floor(times[part] / 1_000),
  }));
  const left = total - parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const byLoss = parts.toSorted((a, b) => (b.milliseconds % 1_000) - (a.milliseconds % 1_000));
  for (const each of byLoss.slice(0, Math.max(0, left))) each.seconds += 1;
  return parts
    .filter(({ seconds }) => seconds > 0)
    .map(({ part, seconds, milliseconds }) => ({ part, seconds, share: times.total ? milliseconds / times.total : 0 }));
}

/** A length as it is said: `42 s`, `3 min 12 s`, `1 h 05 min`. */
export function lasted(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
