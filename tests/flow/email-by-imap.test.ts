import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type CuttableLine, startCuttableLine } from '../support/cuttable-line.ts';
import type { TestDatabase } from '../support/database.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type MailText, mailText } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { createDatabase } from '../support/services.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

/** Any fixed number would do: it is the one under which the server looks up threads. */
const THREADS_LOCK = 4_200_003;

let dovecot: Dovecot;
let line: CuttableLine;
let mailServer: MailServer;
let database: TestDatabase;
let folder: TemporaryFolder;
let centre: ContactCentre;
let elena: OperatorClient;

const startCentre = (): Promise<ContactCentre> =>
  startContactCentre({
    databaseUrl: database.url,
    dataDir: folder.path,
    settings: {
      ...mailServer.settings,
      ...dovecot.settings,
      IMAP_PORT: line.port,
      IMAP_TRANSPARENCIA_MOVE_TO: 'Atendidos',
      MAIL_CHECK_SENDERS: 'false',
    },
  });

beforeAll(async () => {
  [dovecot, mailServer, database, folder] = await Promise.all([
    startDovecot(),
    startMailServer(),
    createDatabase(),
    temporaryFolder('imap'),
  ]);
  line = await startCuttableLine(dovecot.port);
  await dovecot.makeFolder('transparencia', 'Atendidos');
  centre = await startCentre();
  elena = await centre.operator('elena');
});

afterAll(async () => {
  await centre?.stop();
  await line?.stop();
  await Promise.all([dovecot?.stop(), mailServer?.stop()]);
  await database?.drop();
  await folder?.remove();
});

const person = () => `rosa.${randomUUID().slice(0, 8)}@example.org`;
const bare = (id: string | undefined) => id?.replace(/[<>]/g, '') as string;
const wordsOf = ({ parts }: Message) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

interface Stored {
  ticketId: string;
  conversationId: string;
  subject: string;
}

/** What was stored of mails whose own text is this, oldest first. */
async function storedAs(words: string): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select m.ticket_id as "ticketId", m.conversation_id as "conversationId", t.subject
    from message m join email e on e.message_id = m.id join ticket t on t.id = m.ticket_id
    where m.direction = 'in' and e.full_text like ${`${words}%`} order by t.number, m.seq`.execute(
    centre.server.context.database.db,
  );
  return rows;
}

/** Delivers a mail and waits for its ticket. */
async function arrives(mail: MailText, user = 'atencion'): Promise<Stored> {
  const words = `${mail.text ?? 'Hay una fuga.'} (${randomUUID()})`;
  await dovecot.deliver(user, mailText({ ...mail, text: words }));
  return until(async () => (await storedAs(words))[0], { what: `the mail «${words}»`, timeout: 30_000 });
}

const allSeen = (user: string) =>
  until(
    async () => {
      const { seen, all } = await dovecot.count(user);
      return seen === all;
    },
    { what: `every mail of ${user} to be marked`, timeout: 30_000 },
  );

test('a mail is marked seen only once it is stored', async () => {
  const held = new pg.Client({ connectionString: database.url });
  await held.connect();
  try {
    await held.query('select pg_advisory_lock($1)', [THREADS_LOCK]);
    const arriving = arrives({ from: person() });
    await until(
      async () => {
        const { rows } = await held.query(`select 1 from pg_locks where locktype = 'advisory' and not granted`);
        return rows.length > 0;
      },
      { what: 'the mail to wait for its place' },
    );
    const before = await dovecot.count('atencion');
    expect(before.all - before.seen).toBe(1);
    await held.query('select pg_advisory_unlock($1)', [THREADS_LOCK]);
    const { ticketId } = await arriving;
    expect((await elena.open(ticketId)).ticket).toMatchObject({ state: 'waiting', queueId: 'general' });
    await allSeen('atencion');
  } finally {
    await held.end();
  }
});

test('the answer leaves by SMTP, and replies join it: plain, with another subject, from another address', async () => {
  const from = person();
  const first = await arrives({ from: `Rosa <${from}>`, subject: 'Lámpara fundida' });
  await elena.call(api.takeTicket, { params: { id: first.ticketId } });
  await elena.say(first.ticketId, 'Mañana pasa la cuadrilla.');
  const sent = await mailServer.mailTo(from, 'Mañana pasa');
  const inReplyTo = bare(sent.messageId);

  const replies: MailText[] = [
    { from, subject: `Re: ${sent.subject}`, inReplyTo, text: 'Gracias' },
    { from, subject: 'Otra cosa', inReplyTo, text: 'También hay basura' },
    { from: person(), subject: 'Re: Lámpara', references: [inReplyTo], text: 'Soy Rosa, desde el trabajo' },
  ];
  for (const reply of replies) {
    expect(await arrives(reply)).toMatchObject({ ticketId: first.ticketId, conversationId: first.conversationId });
  }
  const { messages } = await elena.open(first.ticketId);
  const incoming = messages.filter(({ direction }) => direction === 'in').map(wordsOf);
  expect(incoming.map((words) => words.split(' (')[0])).toEqual([
    'Hay una fuga.',
    'Gracias',
    'También hay basura',
    'Soy Rosa, desde el trabajo',
  ]);
});

test('one mail to two mailboxes is one message; the one that moves its mails has none left', async () => {
  const words = `A los dos (${randomUUID()})`;
  const raw = mailText({
    from: person(),
    to: 'atencion@veracruz.example.org, transparencia@veracruz.example.org',
    text: words,
  });
  await Promise.all(
    ['atencion', 'transparencia'].map((user) =>
      dovecot.deliver(user, `Delivered-To: ${user}@veracruz.example.org\r\n${raw}`),
    ),
  );
  await until(async () => (await dovecot.count('transparencia', 'Atendidos')).all === 1, { what: 'the moved mail' });
  await until(async () => (await dovecot.count('transparencia')).all === 0, { what: 'the inbox to be empty' });
  await allSeen('atencion');
  expect(await storedAs(words)).toHaveLength(1);
});

test('a mail to the second mailbox waits in the queue of that mailbox', async () => {
  const { ticketId } = await arrives({ from: person(), to: 'transparencia@veracruz.example.org' }, 'transparencia');
  expect((await elena.open(ticketId)).ticket.queueId).toBe('tramites');
});

test('a line that is cut in the middle of mails, again and again, loses nothing and doubles nothing', async () => {
  const story = randomUUID();
  const before = line.cuts();
  // Enough to sign in, and then to end within the mails.
  line.cutAfter([9_000, 12_000, 30_000, 60_000]);
  for (let at = 1; at <= 40; at += 1) {
    const text = `Corte ${story} ${String(at).padStart(2, '0')} ${'agua '.repeat(400)}`;
    await dovecot.deliver('atencion', mailText({ from: person(), subject: `Corte ${at}`, text }));
  }
  await until(async () => (await storedAs(`Corte ${story}`)).length >= 40, { what: 'all mails', timeout: 60_000 });
  await allSeen('atencion');
  const stored = await storedAs(`Corte ${story}`);
  expect(stored.map(({ subject }) => subject)).toEqual(Array.from({ length: 40 }, (_, at) => `Corte ${at + 1}`));
  expect(line.cuts()).toBeGreaterThan(before);
});

test('a mailbox whose mails get other numbers brings none of them twice, and the new ones', async () => {
  const { db } = centre.server.context.database;
  const count = async () => {
    const { rows } = await sql<{ count: number }>`select count(*)::int from message where direction = 'in'`.execute(db);
    return rows[0]?.count ?? 0;
  };
  const before = await count();
  const numbering = async () =>
    (await db.selectFrom('mailbox').select('uid_validity').where('id', '=', 'atencion').executeTakeFirst())
      ?.uid_validity;
  const numbered = await numbering();
  await dovecot.renumber('atencion');
  await arrives({ from: person() });
  await until(async () => (await numbering()) !== numbered, { what: 'the new numbers to be kept' });
  expect(await count()).toBe(before + 1);
}, 120_000);

test('of two servers one reads, and when it ends the other goes on', async () => {
  const second = await startCentre();
  try {
    const words = `Entre dos (${randomUUID()})`;
    for (let at = 0; at < 30; at += 1) {
      await dovecot.deliver('atencion', mailText({ from: person(), text: `${words} ${at}` }));
    }
    await until(async () => (await storedAs(words)).length >= 30, { what: 'the mails', timeout: 30_000 });
    await allSeen('atencion');
    expect(await storedAs(words)).toHaveLength(30);
    await centre.stop();
  } finally {
    centre = second;
  }
  await arrives({ from: person(), text: 'Al segundo' });
}, 120_000);
