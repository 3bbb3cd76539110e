let offset = 0;
let bestRoundTrip = Number.POSITIVE_INFINITY;

/**
 * Learns the server's time from an answer's `Date` header, which counts whole seconds: half of one is added, and the
 * answer is taken to be as old as half its round trip. The quickest answer so far is the best witness.
 */
export function learnServerTime(header: string | null, sentAt: number, receivedAt: number): void {
  const roundTrip = receivedAt - sentAt;
  const serverTime = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(serverTime) || roundTrip > bestRoundTrip) return;
  bestRoundTrip = roundTrip;
  offset = serverTime + 500 - (sentAt + receivedAt) / 2;
}

/** Now by the server's clock, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offset;
}
