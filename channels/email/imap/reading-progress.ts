import type { MailboxCursor } from '../../../server/contract/email.ts';
import { nextPause } from './pause.ts';

/** More failures than this at once are not about mails: then newer ones wait too. */
const MOST_FAILED = 50;

export interface ReadingProgress {
  /** How far it was read without a gap: what is to be kept. */
  cursor(): MailboxCursor;
  /** The first number not looked at yet. */
  next(): number;
  /** Numbers to try again now. */
  due(): number[];
  /** Milliseconds until one is due; null when none failed. */
  untilDue(): number | null;
  /** Whether the mailbox was never read: then what people have seen in it is theirs, and only the rest waits for us. */
  isFirst(): boolean;
  /** The first reading is over: all these numbers, in order, were looked at. */
  lookedAt(uids: readonly number[]): void;
  /** Whether newer mails may be taken. */
  isOpen(): boolean;
  failed(uid: number): void;
  done(uids: readonly number[]): void;
}

/**
 * How far a mailbox was read in this numbering. Mails that could not be stored are remembered and come again with
 * growing pauses while newer ones go on; the cursor stays before the first of them, so that another start, which
 * knows nothing else, finds them.
 */
export function createReadingProgress(
  { uidValidity, lastUid }: MailboxCursor,
  wasRead = true,
  now = Date.now,
): ReadingProgress {
  let last = lastUid;
  let first = !wasRead;
  const waiting = new Map<number, { tries: number; at: number }>();
  return {
    cursor: () => ({ uidValidity, lastUid: Math.min(last, ...[...waiting.keys()].map((uid) => uid - 1)) }),
    next: () => last + 1,
    due: () => [...waiting].flatMap(([uid, { at }]) => (at <= now() ? uid : [])).sort((a, b) => a - b),
    untilDue: () =>
      waiting.size > 0 ? Math.max(0, Math.min(...[...waiting.values()].map(({ at }) => at)) - now()) : null,
    isFirst: () => first,
    lookedAt(uids) {
      first = false;
      last = Math.max(last, uids.at(-1) ?? 0);
    },
    isOpen: () => waiting.size < MOST_FAILED,
    failed(uid) {
      const tries = (waiting.get(uid)?.tries ?? 0) + 1;
      waiting.set(uid, { tries, at: now() + nextPause(tries) * 1_000 });
      last = Math.max(last, uid);
    },
    done(uids) {
      for (const uid of uids) {
        waiting.delete(uid);
        last = Math.max(last, uid);
      }
    },
  };
}
