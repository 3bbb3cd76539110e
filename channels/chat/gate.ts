import { AppError } from '../../server/contract/errors.ts';

export interface GateLimits {
  messagesPerSecond: number;
  messagesPerSecondPerAddress: number;
  connectionsPerAddress: number;
}

/** How many seconds of its rate somebody may spend at once: people write in bursts. */
const BURST_SECONDS = 4;

/** Keeps one address from hurting the others: connections counted, messages metered by token buckets. */
export interface Gate {
  /** An error to refuse the connection with, or null. */
  admit(address: string): Error | null;
  leave(address: string): void;
  /** A meter for one connection. @throws AppError `rate_limited` with `seconds` until the next is welcome */
  meter(address: string): () => void;
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
      if (!entry) return;
      entry.connections -= 1;
      if (entry.connections <= 0) addresses.delete(address);
    },
    meter(address) {
      const own = full(limits.messagesPerSecond);
      return () => {
        const shared = addresses.get(address);
        take(own, limits.messagesPerSecond);
        if (shared) take(shared.bucket, limits.messagesPerSecondPerAddress);
      };
    },
  };
}
