import { ImapFlow } from 'imapflow';
import type { MailboxAccount, MailboxCursor, MailboxReader, ReaderParts } from './mailbox.ts';
import { nextPause } from './pause.ts';

/** Mails fetched and stored together: what arrives in a crowd shares transactions, and little is held in memory. */
const CHUNK = 20;
/** Of a larger mail the beginning is taken; the rest stays in the mailbox. */
const MAIL_BYTES = 60 * 1024 * 1024;
/** A server that announces nothing is asked all the same. */
const LOOK_EVERY_MS = 60_000;

/**
 * Reads one mailbox for good: what waits, then what arrives (IDLE), after every loss of the connection from where it
 * was. A mail is marked seen, or moved, only after `receive` has committed it.
 */
export function createMailboxReader(account: MailboxAccount, parts: ReaderParts): MailboxReader {
  const { cursors, receive, log } = parts;
  let client: ImapFlow | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;
  let failures = 0;
  let wake: () => void = () => {};
  let fault: string | null = 'not connected yet';

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await session();
      } catch (error) {
        if (stopped) return;
        fault = (error as Error).message;
        failures += 1;
        const seconds = nextPause(failures);
        log.warn({ err: error, mailbox: account.id, retryInSeconds: seconds }, 'mailbox not reached');
        await pause(seconds * 1_000);
      }
    }
  }

  async function session(): Promise<void> {
    const connection = new ImapFlow({
      host: account.host,
      port: account.port,
      secure: account.secure,
      auth: account.auth,
      tls: { rejectUnauthorized: account.verifyTls },
      logger: false,
      disableAutoIdle: true,
    });
    client = connection;
    const lost = new Promise<never>((_, reject) => {
      connection.once('error', reject);
      connection.once('close', () => reject(new Error('The connection was closed')));
    });
    lost.catch(() => {});
    try {
      await Promise.race([connection.connect(), lost]);
      const lock = await connection.getMailboxLock(account.folder);
      let arrived = false;
      connection.on('exists', () => {
        arrived = true;
        wake();
      });
      fault = null;
      failures = 0;
      while (!stopped) {
        arrived = false;
        await Promise.race([takeNew(connection), lost]);
        if (!arrived && !stopped) await Promise.race([listen(connection), lost]);
      }
      lock.release();
      await connection.logout();
    } finally {
      client = null;
      connection.close();
    }
  }

  async function takeNew(connection: ImapFlow): Promise<void> {
    const folder = connection.mailbox;
    if (!folder) return;
    const uidValidity = String(folder.uidValidity);
    const kept = await cursors.load(account.id);
    // The server numbered its mails anew: everything is looked at again, and what is stored already changes nothing.
    const from = kept?.uidValidity === uidValidity ? kept.lastUid + 1 : 1;
    const found = (await connection.search({ uid: `${from}:*` }, { uid: true })) || [];
    // "n:*" means the last mail even when its number is lower.
    const uids = found.filter((uid) => uid >= from).sort((a, b) => a - b);
    for (let start = 0; start < uids.length && !stopped; start += CHUNK) {
      await takeChunk(connection, uids.slice(start, start + CHUNK), uidValidity);
    }
  }

  async function takeChunk(connection: ImapFlow, uids: number[], uidValidity: string): Promise<void> {
    const mails: { uid: number; raw: Buffer }[] = [];
    for await (const { uid, source } of connection.fetch(uids, { source: { maxLength: MAIL_BYTES } }, { uid: true })) {
      if (source) mails.push({ uid, raw: source });
    }
    await Promise.all(mails.map(({ raw }) => receive({ mailbox: account.id, raw })));
    const taken = mails.map(({ uid }) => uid);
    if (taken.length > 0 && account.moveTo) await connection.messageMove(taken, account.moveTo, { uid: true });
    else if (taken.length > 0) await connection.messageFlagsAdd(taken, ['\\Seen'], { uid: true });
    const cursor: MailboxCursor = { uidValidity, lastUid: uids.at(-1) ?? 0 };
    await cursors.save(account.id, cursor);
  }

  /** IDLE until something arrives; the next command ends it. */
  async function listen(connection: ImapFlow): Promise<void> {
    connection.idle().catch(() => {});
    await pause(LOOK_EVERY_MS);
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    start() {
      running ??= run();
    },
    fault: () => fault,
    async stop() {
      stopped = true;
      wake();
      client?.close();
      await running;
    },
  };
}
