/** Below this share of the loudest, nobody says anything: what remains is the line's own hiss. */
const SILENCE = 0.04;
/** Shorter pauses are how people talk. */
const SILENT_SECONDS = 3;

/**
 * How loud a recording is over its length: `count` values from 0 to 1, each the strongest of its stretch, the loudest
 * of all being 1. Of a recording without any sound all are 0.
 */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const peaks = Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * samples.length) / count);
    const to = Math.floor(((index + 1) * samples.length) / count);
    let peak = 0;
    for (let at = from; at < to; at += 1) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
    return peak;
  });
  const loudest = Math.max(...peaks);
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : peaks;
}

export const isSilent = (peak: number): boolean => peak < SILENCE;

/** Stretches long enough to notice in which nobody speaks, in shares of the length from 0 to 1. */
export function silencesOf(peaks: readonly number[], seconds: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let start: number | null = null;
  for (let at = 0; at <= peaks.length; at += 1) {
    const silent = at < peaks.length && isSilent(peaks[at] ?? 0);
    if (silent) start ??= at;
    else if (start !== null) {
      if (((at - start) * seconds) / peaks.length >= SILENT_SECONDS) {
        found.push({ from: start / peaks.length, to: at / peaks.length });
      }
      start = null;
    }
  }
  return found;
}
