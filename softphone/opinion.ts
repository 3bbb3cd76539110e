/** What a stretch of a connection was like. */
export interface Stretch {
  /** There and back. */
  roundTripMs: number;
  jitterMs: number;
  /** Of what they sent, 0 to 1. */
  lost: number;
}

/** Above this effective delay people begin to speak over each other, and it weighs more. */
const NOTICED_DELAY_MS = 160;

/**
 * How a stretch sounds as a mean opinion score, 1 (useless) to 4.4 (as good as a telephone gets): the E-model of
 * ITU-T G.107 in the short form that is usual for measurements of packets.
 */
export function opinionOf({ roundTripMs, jitterMs, lost }: Stretch): number {
  const delay = roundTripMs / 2 + jitterMs * 2 + 10;
  const ofDelay = delay < NOTICED_DELAY_MS ? delay / 40 : (delay - 120) / 10;
  const rating = Math.min(100, Math.max(0, 93.2 - ofDelay - lost * 250));
  const score = 1 + 0.035 * rating + 0.000_007 * rating * (rating - 60) * (100 - rating);
  return Math.min(5, Math.max(1, score));
}
