import { setTimeout as pause } from 'node:timers/promises';
import { type MailText, mailText, type Posted, postMail } from '../support/mail.ts';
import { until } from '../support/until.ts';
import type { FedMail } from './evidence.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

const ANSWER_MS = 10_000;

/** Somebody who writes mails, new ones and answers, by the mailboxes or by the inlet. */
export interface ChaosCorrespondent {
  fed: FedMail[];
  write(done: () => boolean): Promise<void>;
}

export interface CorrespondentPlace extends Pick<Stage, 'url' | 'dovecot' | 'mailServer'> {
  /** `mailbox`: laid there, nobody says what became of it. `inlet`: handed in until it is acknowledged, as an MTA does. */
  way: 'mailbox' | 'inlet';
}

/** The Message-ID of a mail as it was composed here, without brackets. */
export const idOf = ({ raw }: { raw: string }): string => /^Message-ID: <(.*)>\r$/m.exec(raw)?.[1] ?? '';

export function createChaosCorrespondent(name: string, place: CorrespondentPlace, random: Random): ChaosCorrespondent {
  const { url, dovecot, mailServer, way } = place;
  const fed: FedMail[] = [];
  const address = `${name}@example.org`;
  const threads: { name: string; root: string; last: string }[] = [];

  /** The Message-ID of what the city wrote last in a thread. */
  function answered(root: string): string | undefined {
    const answer = mailServer.accepted.findLast(
      ({ recipients, references }) => recipients.includes(address) && [references].flat().includes(`<${root}>`),
    );
    return answer?.messageId?.replace(/^<|>$/g, '');
  }

  function compose(internetMessageId: string): { thread: string; mail: MailText } {
    const thread = random.next() < 0.7 ? threads[random.below(threads.length)] : undefined;
    const text = `Sigue la fuga en mi calle. (${internetMessageId})`;
    if (!thread) {
      threads.push({ name: `${name}/${threads.length + 1}`, root: internetMessageId, last: internetMessageId });
      const begun = `${name}/${threads.length}`;
      return { thread: begun, mail: { from: address, subject: `Fuga ${begun}`, text } };
    }
    const city = random.next() < 0.5 ? answered(thread.root) : undefined;
    const mail = {
      from: random.next() < 0.2 ? `${name}.trabajo@example.org` : address,
      subject: random.pick(['Re: Fuga', 'Otra cosa', 'RV: lo de ayer']),
      text,
      // An answer to the city may name nothing else.
      ...(city ? { inReplyTo: city } : { inReplyTo: thread.last, references: [thread.root, thread.last] }),
    };
    thread.last = internetMessageId;
    return { thread: thread.name, mail };
  }

  /** Marked in the mailbox is what an acknowledgement is at the inlet. */
  async function noticeMarks(): Promise<void> {
    const boxed = await dovecot.mails('atencion');
    const seen = new Set(boxed.filter((mail) => mail.seen).map(idOf));
    for (const mail of fed) if (seen.has(mail.internetMessageId)) mail.takenAt ??= performance.now();
  }

  async function handIn(raw: string, acks: FedMail['acks']): Promise<boolean> {
    try {
      const { status, messageId, conversationId } = await Promise.race([postMail(url, raw), tooLate()]);
      if (status !== 200 && status !== 201) return false;
      acks.push({ messageId: messageId ?? 'none', conversationId: conversationId ?? 'none' });
      return true;
    } catch {
      return false;
    }
  }

  return {
    fed,
    async write(done) {
      for (let number = 1; !done(); number += 1) {
        const internetMessageId = `${name}.${number}@mail.example.org`;
        const { thread, mail } = compose(internetMessageId);
        const entry: FedMail = { internetMessageId, thread, fedAt: performance.now(), takenAt: null, acks: [] };
        const raw = mailText({ ...mail, messageId: internetMessageId });
        fed.push(entry);
        if (way === 'mailbox') {
          await dovecot.deliver('atencion', raw);
          // The same mail to two addresses of the city.
          if (random.next() < 0.2) await dovecot.deliver('transparencia', `Delivered-To: transparencia\r\n${raw}`);
          await noticeMarks();
        } else {
          const once = () => handIn(raw, entry.acks);
          const impatient = random.next() < 0.1 ? once() : null;
          await until(once, { timeout: 90_000, what: `the inlet to take ${internetMessageId}` });
          entry.takenAt = performance.now();
          await impatient;
          if (random.next() < 0.1) await once();
        }
        await pause(100 + random.below(900));
      }
    },
  };
}

async function tooLate(): Promise<Posted> {
  await pause(ANSWER_MS, undefined, { ref: false });
  throw new Error('No answer in time');
}
