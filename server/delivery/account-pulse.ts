import type { Logger } from 'pino';
import { type Clock, secondsBetween } from '../clock.ts';
import type { Db } from '../database/database.ts';

/** How exact it is worth being: every message of an account would otherwise wait for the same row. */
const EVERY_SECONDS = 5;

type Direction = 'last_received_at' | 'last_sent_at';

/** Notes when an account last received and sent, seldom and beside the work itself. */
export interface AccountPulse {
  received(accountId: string): void;
  sent(accountId: string): void;
  /** Waits for what is being written. */
  idle(): Promise<void>;
}

export function createAccountPulse(db: Db, clock: Clock, log: Logger): AccountPulse {
  const noted = new Map<string, Date>();
  const writing = new Set<Promise<void>>();

  function note(accountId: string, direction: Direction): void {
    const now = clock.now();
    const key = `${direction} ${accountId}`;
    const last = noted.get(key);
    if (last && secondsBetween(last, now) < EVERY_SECONDS) return;
    noted.set(key, now);
    const write = db
      .updateTable('channel_account')
      .set({ [direction]: now })
      .where('id', '=', accountId)
      .execute()
      .then(
        () => {},
        (error: unknown) => log.warn({ err: error, accountId }, 'the pulse of an account was not noted'),
      )
      .finally(() => writing.delete(write));
    writing.add(write);
  }

  return {
    received: (accountId) => note(accountId, 'last_received_at'),
    sent: (accountId) => note(accountId, 'last_sent_at'),
    async idle() {
      await Promise.all(writing);
    },
  };
}
