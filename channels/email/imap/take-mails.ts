import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { MailboxAccount, ReaderParts } from './mailbox.ts';
import type { ReadingProgress } from './reading-progress.ts';

/** Mails fetched and stored together: what arrives in a crowd shares transactions. */
const BATCH_MAILS = 20;
/** Bytes of them held at once; a larger mail comes alone. */
const BATCH_BYTES = 32 * 1024 * 1024;
/** Of a larger mail the beginning is taken; the rest stays in the mailbox. */
const MAIL_BYTES = 60 * 1024 * 1024;
/** Mails whose sizes are asked for at once. */
const PAGE = 200;

export interface TakeParts extends Pick<ReaderParts, 'cursors' | 'receive' | 'log'> {
  progress: ReadingProgress;
  /** Whether to go on; asked before each batch. */
  goOn(): Promise<boolean>;
  /** Told why a mail could not be taken. */
  failed(error: Error): void;
}

/**
 * Takes what is due again and what is new, oldest first. Each mail is marked seen, or moved, only once it is stored;
 * one that cannot be stored holds up no other.
 * @throws when the connection is lost
 */
export async function takeMails(connection: ImapFlow, account: MailboxAccount, parts: TakeParts): Promise<void> {
  const { progress, cursors, receive, log } = parts;

  async function takeAll(uids: number[]): Promise<boolean> {
    for (let start = 0; start < uids.length; start += PAGE) {
      const page = uids.slice(start, start + PAGE);
      for (const batch of batches(page, await sizes(page))) {
        if (!progress.isOpen() && batch.some((uid) => uid >= progress.next())) return false;
        if (!(await parts.goOn())) return false;
        await takeBatch(batch);
      }
    }
    return true;
  }

  async function sizes(uids: number[]): Promise<Map<number, number>> {
    const found = await connection.fetchAll(uids, { uid: true, size: true }, { uid: true });
    return new Map(found.map(({ uid, size = 0 }) => [uid, size]));
  }

  async function takeBatch(batch: number[]): Promise<void> {
    const mails = await fetchMails(batch);
    if (!mails) {
      // The server refuses one of them: the others need not wait for it.
      for (const uid of batch) await takeBatch([uid]);
      return;
    }
    const outcomes = await Promise.all(mails.map(({ uid, fetch }) => store(uid, fetch)));
    const failures = outcomes.flatMap(({ uid, error }) => (error ? { uid, error } : []));
    const stored = outcomes.flatMap(({ uid, error }) => (error ? [] : uid));
    await mark(stored);
    // What is no longer there was deleted by somebody.
    progress.done(batch.filter((uid) => !failures.some((failure) => failure.uid === uid)));
    for (const { uid, error } of failures) {
      progress.failed(uid);
      parts.failed(error);
      log.warn({ err: error, mailbox: account.id, uid }, 'a mail could not be taken');
    }
    // Of a first reading nothing is kept before its end: a start in its middle begins it again, with what is unseen.
    if (!progress.isFirst()) await cursors.save(account.id, progress.cursor());
  }

  /** Null when the server refuses several at once. */
  async function fetchMails(batch: number[]): Promise<{ uid: number; fetch: FetchMessageObject | Error }[] | null> {
    try {
      const query = { uid: true, source: { maxLength: MAIL_BYTES } };
      const mails = await connection.fetchAll(batch, query, { uid: true });
      return mails.map((mail) => ({ uid: mail.uid, fetch: mail }));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return batch.length === 1 ? batch.map((uid) => ({ uid, fetch: error })) : null;
    }
  }

  async function store(uid: number, fetch: FetchMessageObject | Error): Promise<{ uid: number; error: Error | null }> {
    if (fetch instanceof Error) return { uid, error: fetch };
    try {
      await receive({ mailbox: account.id, raw: fetch.source ?? Buffer.alloc(0) });
      return { uid, error: null };
    } catch (error) {
      return { uid, error: error as Error };
    }
  }

  async function mark(stored: number[]): Promise<void> {
    if (stored.length === 0) return;
    const moved = account.moveTo ? await connection.messageMove(stored, account.moveTo, { uid: true }) : false;
    if (moved) return;
    if (account.moveTo) {
      log.warn(
        { mailbox: account.id, folder: account.moveTo },
        'stored mails could not be moved; they are marked seen',
      );
    }
    const marked = await connection.messageFlagsAdd(stored, ['\\Seen'], { uid: true });
    if (!marked && !connection.usable) throw closedError();
  }

  const retried = await takeAll(progress.due());
  if (!retried || !progress.isOpen()) return;
  const from = progress.next();
  const found = (await connection.search({ uid: `${from}:*` }, { uid: true })) || [];
  // "n:*" means the last mail even when its number is lower.
  const uids = found.filter((uid) => uid >= from).sort((a, b) => a - b);
  if (!progress.isFirst()) return void (await takeAll(uids));
  const unseen = new Set((await connection.search({ seen: false }, { uid: true })) || []);
  if (!(await takeAll(uids.filter((uid) => unseen.has(uid))))) return;
  progress.lookedAt(uids);
  await cursors.save(account.id, progress.cursor());
}

/** In order, so many and so large at once as may be held. */
export function batches(uids: readonly number[], sizes: ReadonlyMap<number, number>): number[][] {
  const made: number[][] = [];
  let bytes = 0;
  for (const uid of uids) {
    const size = Math.min(sizes.get(uid) ?? 0, MAIL_BYTES);
    const batch = made.at(-1);
    if (!batch || batch.length >= BATCH_MAILS || bytes + size > BATCH_BYTES) {
      made.push([uid]);
      bytes = size;
    } else {
      batch.push(uid);
      bytes += size;
    }
  }
  return made;
}

/** The server answered, and said no. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'responseStatus' in error && /^(?:NO|BAD)$/.test(String(error.responseStatus));
}

export function closedError(): Error {
  return Object.assign(new Error('The connection was closed'), { code: 'NoConnection' });
}
