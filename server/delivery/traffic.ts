import { addSeconds, type Clock } from '../clock.ts';

/** Who has waited for their turn longer than this without coming back never will. */
const FORGOTTEN_SECONDS = 600;
const SHORTEST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 300;
/** As many sends in a row are no accident. */
const FAULTS = 3;
/** So that what waited for one account does not come back all at once in every process. */
const JITTER = 0.25;

/** How fast this process sends by each account. Kept in memory: a process that starts anew is polite from the start. */
export interface Traffic {
  /**
   * Whether what `key` names may leave now.
   * @param waited for by a person: it does not stand in line behind notices to many
   * @returns null: now; else when it should come back, its place kept
   */
  turn(accountId: string, key: string, waitedFor: boolean): Date | null;
  /**
   * The provider asked for a pause.
   * @returns until when: longer each time it asks again at once
   */
  pause(accountId: string, retryAfterSeconds: number): Date;
  /**
   * The provider did not answer.
   * @returns until when its account rests: once is an accident, several in a row are a provider that is down, which must
   * not keep every worker waiting for it
   */
  fault(accountId: string): Date | null;
  /** The provider takes messages again. */
  goesOn(accountId: string): void;
}

interface Lane {
  /** When the next one's turn would be at an even pace, in milliseconds. */
  next: number;
}

interface AccountTraffic {
  people: Lane;
  notices: Lane;
  /** Turns that were promised, in milliseconds. */
  promised: Map<string, number>;
  /** Sends in a row that were not answered. */
  faults: number;
  /** Pauses in a row. */
  pauses: number;
  pausedUntil: number;
}

/**
 * @param rateOf an account, in messages a second; undefined: as fast as it goes
 * @param random from 0 to 1
 */
export function createTraffic(
  clock: Clock,
  rateOf: (accountId: string) => number | undefined,
  random: () => number = Math.random,
): Traffic {
  const accounts = new Map<string, AccountTraffic>();

  function of(accountId: string): AccountTraffic {
    const known = accounts.get(accountId);
    if (known) return known;
    const fresh = {
      people: { next: 0 },
      notices: { next: 0 },
      promised: new Map(),
      faults: 0,
      pauses: 0,
      pausedUntil: 0,
    };
    accounts.set(accountId, fresh);
    return fresh;
  }

  /** A second's worth may leave in a burst, then one each `interval`. */
  function nextTurn(lane: Lane, rate: number, now: number): number {
    const interval = 1_000 / rate;
    const turn = Math.max(now, lane.next - Math.max(0, rate - 1) * interval);
    lane.next = Math.max(now, lane.next) + interval;
    return turn;
  }

  function pause(accountId: string, retryAfterSeconds: number): Date {
    const account = of(accountId);
    const now = clock.now();
    // Sends that were under way together are told the same thing: they are one pause.
    if (now.getTime() >= account.pausedUntil) account.pauses += 1;
    const grown = Math.min(SHORTEST_PAUSE_SECONDS * 2 ** (account.pauses - 1), LONGEST_PAUSE_SECONDS);
    const until = addSeconds(now, Math.max(retryAfterSeconds, grown) * (1 + JITTER * random()));
    account.pausedUntil = Math.max(account.pausedUntil, until.getTime());
    return new Date(account.pausedUntil);
  }

  return {
    turn(accountId, key, waitedFor) {
      const rate = rateOf(accountId);
      if (!rate) return null;
      const { people, notices, promised } = of(accountId);
      const now = clock.now().getTime();
      let turn = promised.get(key);
      if (turn === undefined) {
        turn = nextTurn(waitedFor ? people : notices, rate, now);
        // What people wait for takes its share of the pace from the notices, not the other way round.
        if (waitedFor) nextTurn(notices, rate, now);
      }
      if (turn <= now) {
        promised.delete(key);
        return null;
      }
      promised.set(key, turn);
      for (const [old, at] of promised) {
        if (at > now - FORGOTTEN_SECONDS * 1_000) break;
        promised.delete(old);
      }
      return new Date(turn);
    },

    pause,

    fault(accountId) {
      const account = of(accountId);
      account.faults += 1;
      return account.faults < FAULTS ? null : pause(accountId, 0);
    },

    goesOn(accountId) {
      const account = of(accountId);
      account.faults = 0;
      // Something that was under way before the pause says nothing about it.
      if (clock.now().getTime() >= account.pausedUntil) account.pauses = 0;
    },
  };
}
