import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { MailboxCursor, RawMail } from '../../channels/email/imap/mailbox.ts';
import { createMailboxReader } from '../../channels/email/imap/mailbox-reader.ts';
import { type Dovecot, mailboxPassword, startDovecot } from '../support/dovecot.ts';
import { until } from '../support/until.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());

const mail = (subject: string) => `From: Rosa <rosa@example.org>\r\nSubject: ${subject}\r\n\r\nBuenas tardes\r\n`;
const subjectOf = ({ raw }: RawMail) => /^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? '';

/** A reader whose cursor outlives it, as the database's does. */
function readMailbox(user: string, refuse: (subject: string) => boolean = () => false) {
  const cursors = new Map<string, MailboxCursor>();
  const received: string[] = [];
  const start = () => {
    const reader = createMailboxReader(
      {
        id: user,
        host: '127.0.0.1',
        port: dovecot.port,
        secure: false,
        verifyTls: false,
        auth: { user, pass: mailboxPassword },
        folder: 'INBOX',
        moveTo: null,
      },
      {
        cursors: {
          load: async (id) => cursors.get(id) ?? null,
          save: async (id, cursor) => void cursors.set(id, cursor),
        },
        receive: async (raw) => {
          if (refuse(subjectOf(raw))) throw new Error('The database is away');
          received.push(subjectOf(raw));
        },
        log: { warn: () => {} },
      },
    );
    reader.start();
    onTestFinished(() => reader.stop());
    return reader;
  };
  return { received, cursors, start };
}

const times = (count: number) => Array.from({ length: count }, (_, index) => `Mail ${index + 1}`);

test('what waited is read in order, then what arrives at once, and each is marked seen', async () => {
  for (const subject of times(50)) await dovecot.deliver('atencion', mail(subject));
  const mailbox = readMailbox('atencion');
  const reader = mailbox.start();
  await until(() => mailbox.received.length === 50, { what: 'the mails that waited' });
  expect(mailbox.received.toSorted()).toEqual(times(50).toSorted());
  await until(async () => (await dovecot.count('atencion')).seen === 50, { what: 'the marks' });

  await dovecot.deliver('atencion', mail('Una más'));
  await until(() => mailbox.received.at(-1) === 'Una más', { what: 'the mail that arrived', timeout: 15_000 });
  expect(reader.fault()).toBeNull();
});

test('a server that goes away and comes back loses nothing and brings nothing twice', async () => {
  await dovecot.deliver('transparencia', mail('Antes'));
  const mailbox = readMailbox('transparencia');
  const reader = mailbox.start();
  await until(() => mailbox.received.length === 1, { what: 'the first mail' });
  await dovecot.restart();
  await dovecot.deliver('transparencia', mail('Después'));
  await until(() => mailbox.received.length === 2, { what: 'the mail after the restart', timeout: 30_000 });
  expect(mailbox.received).toEqual(['Antes', 'Después']);
  expect(reader.fault()).toBeNull();
});

test('what could not be stored is not marked, and is fetched again', async () => {
  let away = true;
  const mailbox = readMailbox('quejas', () => away);
  await dovecot.deliver('quejas', mail('Importante'));
  const reader = mailbox.start();
  await until(() => reader.fault() === 'The database is away', { what: 'the fault' });
  expect((await dovecot.count('quejas')).seen).toBe(0);
  away = false;
  await until(() => mailbox.received.length === 1, { what: 'the mail', timeout: 20_000 });
  await until(async () => (await dovecot.count('quejas')).seen === 1, { what: 'the mark' });
});

test('what arrived while nobody read is caught up, from where it was', async () => {
  await dovecot.deliver('obras', mail('Uno'));
  const mailbox = readMailbox('obras');
  const first = mailbox.start();
  await until(() => mailbox.received.length === 1, { what: 'the first mail' });
  await until(() => mailbox.cursors.has('obras'), { what: 'the cursor' });
  await first.stop();
  await dovecot.deliver('obras', mail('Dos'));
  mailbox.start();
  await until(() => mailbox.received.length === 2, { what: 'the second mail' });
  expect(mailbox.received).toEqual(['Uno', 'Dos']);
});

test('a mailbox that was numbered anew is looked at again as a whole', async () => {
  await dovecot.deliver('salud', mail('Uno'));
  const mailbox = readMailbox('salud');
  mailbox.cursors.set('salud', { uidValidity: '1', lastUid: 900 });
  mailbox.start();
  await until(() => mailbox.received.length === 1, { what: 'the mail under its new number' });
});
