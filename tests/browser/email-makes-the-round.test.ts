import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { mailText } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';

let dovecot: Dovecot;
let mailServer: MailServer;
let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  [dovecot, mailServer] = await Promise.all([startDovecot(), startMailServer()]);
  centre = await startContactCentre({
    settings: { ...mailServer.settings, ...dovecot.settings, MAIL_CHECK_SENDERS: 'false' },
  });
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
  await Promise.all([dovecot?.stop(), mailServer?.stop()]);
});

const rosa = 'rosa@example.org';

test('a mail comes in, is offered and answered, and the reply to that answer comes into the same conversation', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('ana');
  await desk.tab('En espera').click();
  await dovecot.deliver(
    'atencion',
    mailText({ from: `Rosa López <${rosa}>`, subject: 'Fuga en Díaz Mirón', text: 'Hay una fuga frente al 12.' }),
  );
  await desk.rows.filter({ hasText: 'Rosa López' }).filter({ hasText: 'Fuga en Díaz Mirón' }).waitFor();

  await desk.goAvailable();
  await desk.acceptOffer();
  await desk.reads('Hay una fuga frente al 12.');
  await desk.write('Mañana temprano pasa la cuadrilla.');
  const answer = await mailServer.mailTo(rosa, 'Mañana temprano');
  expect(answer.subject).toMatch(/^Re: Fuga en Díaz Mirón \[#\d+\]$/);
  expect(answer.text).toContain('> Hay una fuga frente al 12.');
  const conversation = page.url();

  // Nothing but what the answer said of itself leads back.
  await dovecot.deliver(
    'atencion',
    mailText({
      from: `Rosa López <${rosa}>`,
      subject: 'Gracias',
      inReplyTo: answer.messageId?.replace(/[<>]/g, '') as string,
      text: 'Los esperamos, gracias.',
    }),
  );
  await desk.reads('Los esperamos, gracias.');
  expect(page.url()).toBe(conversation);
  expect(await desk.mailsBy('Rosa López').count()).toBe(2);
  expect(await desk.rows.count()).toBe(1);
  await until(async () => (await dovecot.count('atencion')).seen === 2, { what: 'both mails to be marked' });
});
