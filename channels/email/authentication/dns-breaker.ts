/** Unanswered questions in a row after which the server is asked whether it is there at all. */
const UNANSWERED = 3;
const ASK_AGAIN_MS = 10_000;

const silence = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED', 'ENETUNREACH', 'EHOSTUNREACH']);

export interface DnsBreaker {
  /** Whether no server answers: then there is nothing to wait for. */
  isAway(): boolean;
  /** Tells how a question ended. */
  heard(code: string | null): void;
}

/**
 * While no DNS server answers, nobody waits for one. A single domain whose servers are dead does not count: before the
 * server is given up it gets a question that every server can answer, for else anybody could have the checks turned off.
 * @param ask that question
 */
export function createDnsBreaker(ask: () => Promise<unknown>, now: () => number): DnsBreaker {
  let unanswered = 0;
  let away = false;
  let asking = false;
  let askAgainAt = 0;

  async function askServer(): Promise<void> {
    if (asking) return;
    asking = true;
    away = await ask().then(
      () => false,
      (error: NodeJS.ErrnoException) => silence.has(error.code ?? ''),
    );
    unanswered = 0;
    askAgainAt = now() + ASK_AGAIN_MS;
    asking = false;
  }

  return {
    isAway() {
      if (away && now() >= askAgainAt) void askServer();
      return away;
    },
    heard(code) {
      unanswered = silence.has(code ?? '') ? unanswered + 1 : 0;
      if (unanswered >= UNANSWERED && !away) void askServer();
    },
  };
}
