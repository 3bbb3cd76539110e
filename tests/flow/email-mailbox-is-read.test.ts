import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { MailboxAccount, RawMail, ReaderParts } from '../../channels/email/imap/mailbox.ts';
import { createMailboxReader } from '../../channels/email/imap/mailbox-reader.ts';
import type { MailboxCursor } from '../../server/contract/email.ts';
import { startCuttableLine } from '../support/cuttable-line.ts';
import { type Dovecot, mailboxPassword, startDovecot } from '../support/dovecot.ts';
import { until } from '../support/until.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot?.stop());

const mail = (subject: string, body = 'Buenas tardes') =>
  `From: Rosa <rosa@example.org>\r\nSubject: ${subject}\r\n\r\n${body}\r\n`;
const subjectOf = ({ raw }: RawMail) => /^Subject: (.*)\r$/m.exec(raw.subarray(0, 1_000).toString())?.[1] ?? '';

interface Reading {
  account?: Partial<MailboxAccount>;
  parts?: Partial<ReaderParts>;
  /** Why a mail cannot be stored now, by its subject. */
  refuse?: (subject: string) => boolean;
}

/** A reader whose cursor outlives it, as the database's does. */
function readMailbox(user: string, { account, parts, refuse = () => false }: Reading = {}) {
  const cursors = new Map<string, MailboxCursor>();
  const received: string[] = [];
  const reports: (string | null)[] = [];
  const start = (more: Partial<ReaderParts> = {}) => {
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
        ...account,
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
        report: async (fault) => void reports.push(fault),
        log: { warn: () => {} },
        ...parts,
        ...more,
      },
    );
    reader.start();
    onTestFinished(() => reader.stop());
    return reader;
  };
  return { received, cursors, reports, start };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `Mail ${index + 1}`);

describe('what waited', () => {
  test('is what nobody has read; from then on all that comes is taken, read by others or not', async () => {
    await dovecot.deliverSeen('antiguo', mail('Leído hace años'));
    await dovecot.deliver('antiguo', mail('Sin leer'));
    await dovecot.deliverSeen('antiguo', mail('Leído ayer'));
    const mailbox = readMailbox('antiguo');
    const first = mailbox.start();
    await until(() => mailbox.cursors.get('antiguo')?.lastUid === 3, { what: 'the first reading' });
    expect(mailbox.received).toEqual(['Sin leer']);
    await first.stop();
    await dovecot.deliverSeen('antiguo', mail('Abierto en otro programa'));
    mailbox.start();
    await until(() => mailbox.received.length === 2, { what: 'what came meanwhile' });
    expect(mailbox.received).toEqual(['Sin leer', 'Abierto en otro programa']);
  });

  test('is read in order, a thousand as well, then what arrives at once; each is marked seen', async () => {
    for (const subject of numbered(1_000)) await dovecot.deliver('atencion', mail(subject));
    const mailbox = readMailbox('atencion');
    const reader = mailbox.start();
    await until(() => mailbox.received.length === 1_000, { what: 'the mails that waited', timeout: 60_000 });
    expect(mailbox.received).toEqual(numbered(1_000));
    await until(async () => (await dovecot.count('atencion')).seen === 1_000, { what: 'the marks' });

    await dovecot.deliver('atencion', mail('Una más'));
    await until(() => mailbox.received.at(-1) === 'Una más', { what: 'the mail that arrived' });
    expect(reader.fault()).toBeNull();
    expect(mailbox.reports).toEqual([null]);
  });

  test('is held only so much at once', async () => {
    const megabytes = (count: number) => `${'x'.repeat(1_022)}\r\n`.repeat(count * 1_024);
    for (const subject of numbered(14)) await dovecot.deliver('grandes', mail(subject, megabytes(3)));
    await dovecot.deliver('grandes', mail('Enorme', megabytes(40)));
    let held = 0;
    let most = 0;
    const subjects: string[] = [];
    const receive = async (one: RawMail) => {
      held += one.raw.length;
      if (subjectOf(one) !== 'Enorme') most = Math.max(most, held);
      else expect(held).toBe(one.raw.length);
      await new Promise((resolve) => setImmediate(resolve));
      held -= one.raw.length;
      subjects.push(subjectOf(one));
    };
    readMailbox('grandes', { parts: { receive } }).start();
    await until(() => subjects.length === 15, { what: 'the large mails', timeout: 60_000 });
    expect(subjects).toEqual([...numbered(14), 'Enorme']);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(32 * 1024 * 1024);
  });

  test('while nobody read is caught up, from where it was', async () => {
    await dovecot.deliver('obras', mail('Uno'));
    const mailbox = readMailbox('obras');
    const first = mailbox.start();
    await until(() => mailbox.cursors.has('obras'), { what: 'the cursor' });
    await first.stop();
    await dovecot.deliver('obras', mail('Dos'));
    mailbox.start();
    await until(() => mailbox.received.length === 2, { what: 'the second mail' });
    expect(mailbox.received).toEqual(['Uno', 'Dos']);
  });

  test('is the same under other numbers than before', async () => {
    await dovecot.deliver('salud', mail('Uno'));
    const mailbox = readMailbox('salud');
    mailbox.start();
    await until(() => mailbox.cursors.has('salud'), { what: 'the cursor' });
    mailbox.cursors.set('salud', { uidValidity: mailbox.cursors.get('salud')?.uidValidity ?? '', lastUid: 900 });
    await dovecot.renumber('salud');
    await dovecot.deliver('salud', mail('Dos'));
    await until(() => mailbox.received.includes('Dos'), { what: 'the mail under its new number', timeout: 30_000 });
    expect(mailbox.received).toEqual(['Uno', 'Dos']);
    expect(mailbox.cursors.get('salud')?.lastUid).toBe(2);
  });
});

describe('a connection that is lost', () => {
  test('because the server restarts, loses nothing and brings nothing twice', async () => {
    await dovecot.deliver('transparencia', mail('Antes'));
    const mailbox = readMailbox('transparencia');
    const reader = mailbox.start();
    await until(() => mailbox.received.length === 1, { what: 'the first mail' });
    await dovecot.restart();
    await dovecot.deliver('transparencia', mail('Después'));
    await until(() => mailbox.received.length === 2, { what: 'the mail after the restart', timeout: 30_000 });
    expect(mailbox.received).toEqual(['Antes', 'Después']);
    await until(() => reader.fault() === null, { what: 'the end of the fault' });
    expect(mailbox.reports).toContain('El servidor de correo 127.0.0.1 cerró la conexión.');
    expect(mailbox.reports.at(-1)).toBeNull();
  });

  test('in the middle of a mail, brings it whole afterwards', async () => {
    const long = mail('Largo', 'Se cayó un árbol.\r\n'.repeat(50_000));
    await dovecot.deliver('parques', mail('Corto'));
    await dovecot.deliver('parques', long);
    const line = await startCuttableLine(dovecot.port);
    onTestFinished(() => line.stop());
    line.cutAfter([20_000, 400_000]);
    const raws: Buffer[] = [];
    const receive = async ({ raw }: RawMail) => void raws.push(raw);
    const mailbox = readMailbox('parques', { account: { port: line.port }, parts: { receive } });
    mailbox.start();
    await until(async () => (await dovecot.count('parques')).seen === 2, { what: 'both mails', timeout: 30_000 });
    expect(line.cuts()).toBe(2);
    expect(raws.map((raw) => raw.toString())).toEqual([mail('Corto'), long]);
  });
});

describe('a mail that cannot be stored', () => {
  test('stays unseen and comes again, while the others go on', async () => {
    let refused = true;
    const mailbox = readMailbox('quejas', { refuse: (subject) => refused && subject === 'Malo' });
    for (const subject of ['Uno', 'Malo', 'Dos']) await dovecot.deliver('quejas', mail(subject));
    const reader = mailbox.start();
    await until(() => reader.fault()?.includes('The database is away'), { what: 'the fault' });
    await dovecot.deliver('quejas', mail('Tres'));
    await until(() => mailbox.received.length === 3, { what: 'the other mails' });
    expect(mailbox.received).toEqual(['Uno', 'Dos', 'Tres']);
    await until(async () => (await dovecot.count('quejas')).seen === 3, { what: 'their marks' });
    expect(mailbox.cursors.get('quejas')?.lastUid).toBe(1);

    refused = false;
    await until(() => reader.fault() === null, { what: 'the end of the fault', timeout: 30_000 });
    expect(mailbox.received).toEqual(['Uno', 'Dos', 'Tres', 'Malo']);
    expect((await dovecot.count('quejas')).seen).toBe(4);
    expect(mailbox.cursors.get('quejas')?.lastUid).toBe(4);
  });

  test('is found again by another start', async () => {
    let refused = true;
    const mailbox = readMailbox('agua', { refuse: (subject) => refused && subject === 'Malo' });
    for (const subject of ['Malo', 'Bueno']) await dovecot.deliver('agua', mail(subject));
    const first = mailbox.start();
    await until(() => mailbox.cursors.has('agua'), { what: 'the cursor' });
    await first.stop();
    expect(mailbox.received).toEqual(['Bueno']);
    refused = false;
    mailbox.start();
    await until(() => mailbox.received.includes('Malo'), { what: 'the mail that failed' });
  });

  test('because nothing can be, does not have the whole mailbox fetched in vain', async () => {
    let refused = true;
    const tried = new Set<string>();
    const mailbox = readMailbox('catastro', {
      refuse: (subject) => {
        tried.add(subject);
        return refused;
      },
    });
    for (const subject of numbered(200)) await dovecot.deliver('catastro', mail(subject));
    const reader = mailbox.start();
    await until(() => reader.fault()?.includes('The database is away'), { what: 'the fault' });
    expect(tried.size).toBeLessThan(100);
    refused = false;
    await until(() => mailbox.received.length === 200, { what: 'all mails', timeout: 30_000 });
    await until(() => reader.fault() === null, { what: 'the end of the fault' });
  });
});

describe('a mailbox', () => {
  test('is read by one process at a time, and the next takes over', async () => {
    let holder = 'a';
    const hold = (name: string): Partial<ReaderParts> => ({
      hold: async () => holder === name,
      timing: { holdMs: 50, standbyMs: 50 },
      receive: async (one) => void taken.push(`${name}: ${subjectOf(one)}`),
    });
    const taken: string[] = [];
    const mailbox = readMailbox('limpia');
    mailbox.start(hold('a'));
    const other = mailbox.start(hold('b'));
    await dovecot.deliver('limpia', mail('Uno'));
    await until(() => taken.length === 1, { what: 'the first mail' });
    expect(other.fault()).toBe('Otro proceso del servidor lee este buzón.');
    await until(() => mailbox.cursors.has('limpia'), { what: 'the cursor' });

    holder = 'b';
    await until(() => other.fault() === null, { what: 'the other reader' });
    await dovecot.deliver('limpia', mail('Dos'));
    await until(() => taken.length === 2, { what: 'the second mail' });
    expect(taken).toEqual(['a: Uno', 'b: Dos']);
    // Whoever stands by has nothing to say about it.
    expect(mailbox.reports).toEqual([null, null]);
  });

  test('whose folder does not exist says so, and is read once it does', async () => {
    await dovecot.deliver('eventos', mail('Uno'));
    const mailbox = readMailbox('eventos', { account: { folder: 'Ciudadanía' } });
    const reader = mailbox.start();
    await until(() => reader.fault()?.startsWith('La carpeta'), { what: 'the fault' });
    expect(mailbox.reports).toEqual(['La carpeta «Ciudadanía» no existe en la cuenta eventos.']);
    // As IMAP writes it (RFC 3501, 5.1.3).
    await dovecot.deliver('eventos', mail('Dos'), 'Ciudadan&AO0-a');
    await until(() => mailbox.received.length === 1, { what: 'the mail', timeout: 30_000 });
    expect(mailbox.received).toEqual(['Dos']);
    await until(() => reader.fault() === null, { what: 'the end of the fault' });
  });

  test('whose password is wrong says so', async () => {
    const mailbox = readMailbox('tesoreria', { account: { auth: { user: 'tesoreria', pass: 'otra' } } });
    const reader = mailbox.start();
    await until(() => reader.fault()?.includes('no aceptó la cuenta tesoreria'), { what: 'the fault' });
  });

  test('whose server cannot prove who it is says so', async () => {
    // It comes with a certificate that it signed itself.
    const impostor = new SMTPServer({ secure: true }).on('error', () => {});
    await new Promise<void>((listening) => impostor.listen(0, '127.0.0.1', listening));
    onTestFinished(() => new Promise<void>((closed) => impostor.close(closed)));
    const { port } = impostor.server.address() as AddressInfo;
    const reader = readMailbox('segura', { account: { port, secure: true, verifyTls: true } }).start();
    await until(() => reader.fault()?.startsWith('El certificado del servidor de correo 127.0.0.1'), {
      what: 'the fault',
    });
  });

  test('whose server is away says so', async () => {
    const mailbox = readMailbox('lejos', { account: { port: 1 } });
    const reader = mailbox.start();
    await until(() => reader.fault()?.includes('No se puede llegar al servidor de correo 127.0.0.1:1'), {
      what: 'the fault',
    });
  });
});

describe('a mail that is stored', () => {
  const moving = async (server: Dovecot, user: string) => {
    await server.makeFolder(user, 'Atendidos');
    for (const subject of ['Uno', 'Dos']) await server.deliver(user, mail(subject));
    const mailbox = readMailbox(user, { account: { port: server.port, moveTo: 'Atendidos' } });
    mailbox.start();
    await until(async () => (await server.count(user, 'Atendidos')).all === 2, { what: 'the moved mails' });
    await until(async () => (await server.count(user)).all === 0, { what: 'the empty inbox' });
    await server.deliver(user, mail('Tres'));
    await until(async () => (await server.count(user, 'Atendidos')).all === 3, { what: 'the third mail' });
    expect(mailbox.received).toEqual(['Uno', 'Dos', 'Tres']);
  };

  test('is moved where the city wants it', () => moving(dovecot, 'archivo'));

  test('is moved by a server too that cannot move', async () => {
    const old = await startDovecot({ config: 'imap_capability = IMAP4rev1 IDLE UIDPLUS' });
    onTestFinished(() => old.stop());
    await moving(old, 'archivo');
  });

  test('is marked seen when it cannot be moved', async () => {
    await dovecot.deliver('rezago', mail('Uno'));
    readMailbox('rezago', { account: { moveTo: 'No existe' } }).start();
    await until(async () => (await dovecot.count('rezago')).seen === 1, { what: 'the mark' });
  });
});
