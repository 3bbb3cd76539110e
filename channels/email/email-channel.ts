import type { Channel, InboundEvent, InboundStatus, LetterCarrier } from '../../server/contract/channel.ts';
import type { CityMailbox } from '../../server/contract/city.ts';
import type { Authentication, EmailHost, MailAccount } from '../../server/contract/email.ts';
import { AppError } from '../../server/contract/errors.ts';
import { limits } from '../../server/contract/limits.ts';
import type { MediaPart } from '../../server/contract/message.ts';
import type { SenderCheck } from './authentication/sender-check.ts';
import { senderVerdict } from './authentication/sender-verdict.ts';
import type { Bounce, DecodedEmail } from './decoded-email.ts';
import type { MailboxReader } from './imap/mailbox.ts';
import { externalIdOf, inboundMail } from './inbound-mail.ts';
import { createSenders } from './smtp/senders.ts';

/** A mail as it came to a mailbox. */
export interface RawMail {
  mailbox: string;
  raw: Buffer;
  /** It is stored, and read once more: its files are kept anew. */
  again?: boolean;
  /** Whoever hands it in waits to be told whether it is a mail at all. */
  refusable?: boolean;
}

export interface EmailOptions {
  mailboxes: readonly CityMailbox[];
  accounts: ReadonlyMap<string, MailAccount>;
  /** What our loop header says. */
  installation: string;
  /** Null: nobody asks the DNS where mails come from. */
  senders: { dnsServers?: string[] } | null;
  log: { warn(details: object, message: string): void };
}

/** Longest media type that the contract takes. */
const TYPE_LENGTH = 120;

/** What a citizen writes to be sent no more automatic mail. */
const OPT_OUT = /^(?:baja|unsubscribe)$/i;

/**
 * E-mail: IMAP and raw mails in, SMTP out, for all of the city's mailboxes. The libraries of each part are loaded when
 * it is first used: together they weigh as much as a third of the server.
 */
export function createEmailChannel(host: EmailHost, options: EmailOptions): Channel<RawMail> & LetterCarrier {
  const { mailboxes, accounts, log } = options;
  const ours = new Set(mailboxes.map(({ address }) => address));
  let check: Promise<SenderCheck> | null = null;
  const senders = createSenders(accounts, options.installation);
  let readers: MailboxReader[] = [];

  async function read({ mailbox: id, raw, again }: RawMail, rawKey: string): Promise<InboundEvent[]> {
    const mailbox = mailboxes.find((one) => one.id === id);
    if (!mailbox) throw new AppError('not_found');
    const { decodeEmail } = await import('./decode/decode-email.ts');
    const email = await decodeEmail(raw);
    if (email.auto === 'loop') return aside(rawKey, 'loop');
    if (email.bounce) return report(email.bounce, rawKey);

    const trustedServer = accounts.get(id)?.imap?.authservId ?? null;
    const authentication = await checked(raw, trustedServer);
    const sender = authentication ? senderVerdict(authentication) : 'unknown';
    if (OPT_OUT.test(email.thread.subject) && email.from.address && sender !== 'failed') {
      await host.optOut(email.from.address.toLowerCase());
      return aside(rawKey, 'opt_out');
    }
    const externalId = externalIdOf(email, raw, sender);
    const isCopy = email.attachments.length > 0 && !again && (await host.isStored(externalId));
    const files = isCopy ? { media: [], inline: {} } : await keepFiles(email);
    return [inboundMail(email, externalId, files, { mailbox, ours, rawKey, authentication, sender })];
  }

  async function checked(raw: Buffer, trustedServer: string | null): Promise<Authentication | null> {
    if (!options.senders) return null;
    const { senders: dns } = options;
    check ??= import('./authentication/sender-check.ts').then((module) => module.createSenderCheck({ ...dns, log }));
    return (await check)(raw, { trustedServer });
  }

  async function aside(rawKey: string, reason: string): Promise<[]> {
    await host.setAside(rawKey, reason);
    return [];
  }

  /** What became of a mail of ours. One that says nothing of ours opens no contact either. */
  async function report(bounce: Bounce, rawKey: string): Promise<InboundEvent[]> {
    const id = bounce.originalMessageId?.replace(/^<|>$/g, '');
    const status = statusOf(bounce);
    if (!id || !(await host.isOurs(id))) return aside(rawKey, 'bounce_of_unknown');
    return status ? [{ type: 'status', providerMessageId: id, ...status }] : [];
  }

  async function keepFiles({ attachments }: DecodedEmail) {
    const media: MediaPart[] = [];
    const inline: Record<string, string> = {};
    // What is beyond stays in the mail as it came.
    for (const { name, type, content, cid, inline: shown } of attachments.slice(0, limits.storedParts - 2)) {
      if (content.length === 0) continue;
      const part = await host.keepFile({ name, type: type.slice(0, TYPE_LENGTH), content });
      media.push(part);
      if (cid && shown) inline[cid] = part.attachmentId;
    }
    return { media, inline };
  }

  return {
    name: 'email',
    capabilities: {
      parts: new Set(['text', 'media', 'email']),
      textLength: Number.POSITIVE_INFINITY,
      delivery: 'push',
      typing: false,
      notices: false,
      pieces: 'one',
      settleSeconds: 0,
      windowHours: null,
    },

    async decode(mail) {
      const rawKey = await host.keepRaw(mail.raw);
      try {
        return await read(mail, rawKey);
      } catch (error) {
        if (error instanceof AppError && (mail.refusable || error.code === 'unavailable')) throw error;
        if (error instanceof AppError) return aside(rawKey, error.code);
        // Ours to mend: the mail is kept where people see it, and can be read again.
        log.warn({ err: error, rawKey }, 'a mail could not be read');
        return aside(rawKey, `unreadable: ${(error as Error).message}`);
      }
    },

    async send({ message }) {
      return senders.send(await host.outgoing(message.id));
    },

    sendLetter: (letter) => senders.send(letter),

    async start(receive) {
      if (![...accounts.values()].some(({ imap }) => imap)) return;
      const { readMailboxes } = await import('./imap/read-mailboxes.ts');
      readers = readMailboxes(accounts, host, log, receive);
    },

    async stop() {
      await Promise.all(readers.map((reader) => reader.stop()));
      // Without it they are free a little later.
      await host.releaseMailboxes().catch((err) => log.warn({ err }, 'mailboxes were not released'));
      senders.close();
    },
  };
}

function statusOf({
  action,
  permanent,
  recipient,
  reason,
  status,
}: Bounce): Pick<InboundStatus, 'status' | 'failure'> | null {
  if (action === 'delivered') return { status: 'delivered' };
  if (action !== 'failed') return null;
  const words = recipient ? `${recipient}: ${reason.es}` : reason.es;
  return { status: 'failed', failure: { code: status ?? 'bounce', reason: words, permanent } };
}
