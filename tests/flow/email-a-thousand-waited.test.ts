import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { mailText } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';

const CROWD = 1_000;
/** Generous, for a machine that has other work. */
const LONGEST_MS = 90_000;

let dovecot: Dovecot;
let mailServer: MailServer;
let centre: ContactCentre;

beforeAll(async () => {
  [dovecot, mailServer] = await Promise.all([startDovecot(), startMailServer()]);
});

afterAll(async () => {
  await centre?.stop();
  await Promise.all([dovecot?.stop(), mailServer?.stop()]);
});

/** Parts within parts, and more headers than anybody reads. */
function bomb(): string {
  const headers = Array.from({ length: 10_000 }, (_, at) => `X-Relleno-${at}: ${'=?utf-8?Q?=41?= '.repeat(5)}`);
  const opened = Array.from(
    { length: 2_000 },
    (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n`,
  );
  return [
    'From: Bomba <bomba@example.org>',
    'To: atencion@veracruz.example.org',
    'Subject: Bomba',
    'Content-Type: multipart/mixed; boundary=b0',
    ...headers,
    '',
    ...opened,
  ].join('\r\n');
}

async function deliverCrowd(): Promise<void> {
  for (let at = 1; at <= CROWD; at += 1) {
    // Longer and shorter ones, so that some are read sooner than those before them.
    const text = 'Hay una fuga en mi calle.\r\n'.repeat(1 + ((at * 37) % 400));
    await dovecot.deliver('atencion', mailText({ from: `vecina.${at}@example.org`, subject: `Fuga ${at}`, text }));
    if (at === 300) await dovecot.deliver('atencion', Buffer.from([0, 1, 2, 255, 254, 10, 10, 0, 7]));
    if (at === 600) await dovecot.deliver('atencion', bomb());
  }
}

test('a thousand mails that waited are a thousand contacts, each once and in order, whatever stands among them', {
  timeout: 240_000,
}, async () => {
  await deliverCrowd();
  const begun = performance.now();
  centre = await startContactCentre({
    settings: { ...mailServer.settings, ...dovecot.settings, MAIL_CHECK_SENDERS: 'false' },
  });
  const { db } = centre.server.context.database;
  const contacts = async (like: string) => {
    const { rows } = await sql<{ subject: string }>`
      select subject from ticket where subject like ${like} order by number`.execute(db);
    return rows.map(({ subject }) => subject);
  };
  await until(async () => (await contacts('Fuga %')).length >= CROWD, { what: 'the crowd', timeout: LONGEST_MS });
  expect(performance.now() - begun).toBeLessThan(LONGEST_MS);
  await until(async () => (await dovecot.count('atencion')).seen === CROWD + 2, { what: 'the marks' });
  expect(await contacts('Fuga %')).toEqual(Array.from({ length: CROWD }, (_, at) => `Fuga ${at + 1}`));

  const admin = await centre.operator('fernando');
  const { mailboxes, asides } = await admin.call(api.listMailboxes);
  expect(mailboxes.map(({ id, reading, sending }) => ({ id, reading, sending }))).toEqual([
    { id: 'atencion', reading: 'on', sending: true },
    { id: 'transparencia', reading: 'on', sending: true },
  ]);
  expect(asides.map(({ reason }) => reason)).toEqual(['not_an_email']);
  expect(await contacts('Bomba')).toHaveLength(1);
});
