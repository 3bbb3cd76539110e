import { AppError } from '../../server/contract/errors.ts';

export interface GateLimits {
  messagesPerSecond: number;
  messagesPerSecondPerAddress: number;
  connectionsPerAddress: number;
}

/** Addresses without a connection that are kept before those at rest are forgotten. */
const REMEMBERED = 10_000;
/** How many seconds of its rate somebody may spend at once: people write in bursts. */
const BURST_SECONDS = 4;
/** Refusals that a connection may collect before it is cut: reading and refusing costs the others, too. */
const PATIENCE = 100;
/** Refusals forgiven for each message within the rate. */
const FORGIVEN = 10;

/** Keeps one address from hurting the others: connections counted, messages metered by token buckets. */
export interface Gate {
  /** An error to refuse the connection with, or null. */
  admit(address: string): Error | null;
  leave(address: string): void;
  /**
   * A meter for one connection. @throws AppError `rate_limited` with `seconds` until the next is welcome
   * @param flooded called when the connection goes on as if it had not been told
   */
  meter(address: string, flooded: () => void): () => void;
}

interface Bucket {
  tokens: number;
  at: number;
}

export function createGate(limits: GateLimits, now: () => number = () => performance.now()): Gate {
  const addresses = new Map<string, { connections: number; bucket: Bucket }>();

  const full = (rate: number): Bucket => ({ tokens: rate * BURST_SECONDS, at: now() });

  function take(bucket: Bucket, rate: number): void {
    const at = now();
    bucket.tokens = Math.min(rate * BURST_SECONDS, bucket.tokens + ((at - bucket.at) / 1_000) * rate);
    bucket.at = at;
    if (bucket.tokens < 1) throw new AppError('rate_limited', { seconds: Math.ceil((1 - bucket.tokens) / rate) });
    bucket.tokens -= 1;
  }

  function forgetRested(): void {
    const rested = now() - BURST_SECONDS * 1_000;
    for (const [address, { connections, bucket }] of addresses) {
      if (connections <= 0 && bucket.at < rested) addresses.delete(address);
    }
  }

  return {
    admit(address) {
      const entry = addresses.get(address) ?? { connections: 0, bucket: full(limits.messagesPerSecondPerAddress) };
      if (entry.connections >= limits.connectionsPerAddress) return new Error('rate_limited');
      entry.connections += 1;
      addresses.set(address, entry);
      return null;
    },
    leave(address) {
      const entry = addresses.get(address);
      if (entry) entry.connections -= 1;
      // What an address has spent is kept while it counts, or hanging up and calling again would be a way around.
      if (addresses.size > REMEMBERED) forgetRested();
    },
    meter(address, flooded) {
      const own = full(limits.messagesPerSecond);
      let refused = 0;
      return () => {
        const shared = addresses.get(address);
        try {
          take(own, limits.messagesPerSecond);
          if (shared) take(shared.bucket, limits.messagesPerSecondPerAddress);
          refused = Math.max(0, refused - FORGIVEN);
        } catch (error) {
          refused += 1;
          if (refused > PATIENCE) flooded();
          throw error;
        }
      };
    },
  };
}
