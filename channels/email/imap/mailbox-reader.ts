import type { ImapFlow } from 'imapflow';
import type { MailboxCursor } from '../../../server/contract/email.ts';
import { faultWords } from './fault-words.ts';
import type { MailboxAccount, MailboxReader, ReaderParts, ReaderTiming } from './mailbox.ts';
import { createConnection, openMailbox } from './open-mailbox.ts';
import { nextPause } from './pause.ts';
import { createReadingProgress, type ReadingProgress } from './reading-progress.ts';
import { closedError, takeMails } from './take-mails.ts';

const usualTiming: ReaderTiming = { lookMs: 60_000, holdMs: 10_000, standbyMs: 5_000 };

/**
 * Reads one mailbox for good: what waits, then what arrives (IDLE), after every loss of the connection from where it
 * was; and only while this process holds it, so that many may share the work.
 */
export function createMailboxReader(account: MailboxAccount, parts: ReaderParts): MailboxReader {
  const { receive, log, report = async () => {} } = parts;
  const { load, save } = parts.cursors;
  const cursors = {
    load: (id: string) => own(load(id)),
    save: (id: string, cursor: MailboxCursor) => own(save(id, cursor)),
  };
  const hold = async () => (parts.hold ? own(parts.hold()) : true);
  const timing = { ...usualTiming, ...parts.timing };
  let client: ImapFlow | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;
  let failures = 0;
  let wake: () => void = () => {};
  let fault: string | null = 'Todavía no se ha leído.';
  let reported: string | null | undefined;
  /** What is known beyond the cursor, as long as nobody else reads. */
  let known: { uidValidity: string; progress: ReadingProgress } | null = null;

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        if (!(await hold())) await standBy();
        else if (!stopped) await session();
      } catch (error) {
        if (stopped) return;
        failures += 1;
        const seconds = nextPause(failures);
        log.warn({ err: error, mailbox: account.id, retryInSeconds: seconds }, 'mailbox not reached');
        await tell(faultWords(error, account));
        await pause(seconds * 1_000);
      }
    }
  }

  /** Another process reads it, and tells how it is. */
  async function standBy(): Promise<void> {
    known = null;
    reported = undefined;
    fault = 'Otro proceso del servidor lee este buzón.';
    await pause(timing.standbyMs);
  }

  async function session(): Promise<void> {
    const connection = await createConnection(account);
    client = connection;
    let arrived = false;
    const notice = () => {
      arrived = true;
      wake();
    };
    connection.on('exists', notice);
    connection.on('close', notice);
    // Whatever fails because of it says so too.
    connection.on('error', notice);
    const goOn = createHeartbeat();
    try {
      const progress = await resume(await openMailbox(connection, account));
      let failing: string | null = null;
      const failed = ({ message }: Error) => {
        failing = `Un correo no se pudo guardar; se intenta otra vez (${message}).`;
      };
      while (await goOn()) {
        arrived = false;
        await takeMails(connection, account, { progress, cursors, receive, log, goOn, failed });
        if (!connection.usable) throw closedError();
        failures = 0;
        const waiting = progress.untilDue();
        if (waiting === null) failing = null;
        await tell(failing);
        // IDLE until something arrives; the next command ends it.
        connection.idle().catch(() => {});
        const until = Date.now() + Math.min(waiting ?? timing.lookMs, timing.lookMs);
        while (Date.now() < until && (await goOn()) && !arrived) {
          await pause(Math.min(timing.holdMs, until - Date.now()));
        }
      }
      await connection.logout();
    } finally {
      client = null;
      connection.close();
    }
  }

  /** Whether to go on; every while the mailbox is held anew. */
  function createHeartbeat(): () => Promise<boolean> {
    let heldAt = Date.now();
    let ours = true;
    return async () => {
      if (ours && Date.now() - heldAt >= timing.holdMs) {
        heldAt = Date.now();
        ours = await hold();
      }
      return ours && !stopped;
    };
  }

  async function resume(uidValidity: string): Promise<ReadingProgress> {
    if (known?.uidValidity === uidValidity) return known.progress;
    const kept = await cursors.load(account.id);
    // Where the server numbered its mails anew it is a first reading again; what is stored already changes nothing.
    const wasRead = kept?.uidValidity === uidValidity;
    const lastUid = wasRead ? kept.lastUid : 0;
    known = { uidValidity, progress: createReadingProgress({ uidValidity, lastUid }, wasRead) };
    return known.progress;
  }

  async function tell(now: string | null): Promise<void> {
    fault = now;
    if (fault === reported) return;
    try {
      await report(fault);
      reported = fault;
    } catch (error) {
      log.warn({ err: error, mailbox: account.id }, 'the state of a mailbox could not be told');
    }
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

/** What fails on our side is not the mail server's fault, though it may look like it. */
function own<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((cause: unknown) => {
    throw new Error('El sistema no puede llegar a sus propios datos.', { cause });
  });
}
