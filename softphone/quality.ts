import { opinionOf } from './opinion.ts';

interface Counted {
  lost: number;
  received: number;
}

/** Measures one way, from one reading of its statistics to the next. */
export function createGauge(): (report: RTCStatsReport) => number | null {
  let before: Counted = { lost: 0, received: 0 };
  return (report) => {
    let counted: Counted | null = null;
    let jitterMs = 0;
    let roundTripMs = 0;
    for (const entry of report.values()) {
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') {
        counted = { lost: entry.packetsLost ?? 0, received: entry.packetsReceived ?? 0 };
        jitterMs = (entry.jitter ?? 0) * 1_000;
      }
      if (entry.type === 'candidate-pair' && entry.nominated) {
        roundTripMs = Math.max(roundTripMs, (entry.currentRoundTripTime ?? 0) * 1_000);
      }
    }
    if (!counted) return null;
    // Another connection counts from nothing.
    if (counted.received < before.received) before = { lost: 0, received: 0 };
    const lost = Math.max(0, counted.lost - before.lost);
    const received = counted.received - before.received;
    before = counted;
    if (received + lost === 0) return null;
    return opinionOf({ roundTripMs, jitterMs, lost: lost / (received + lost) });
  };
}
