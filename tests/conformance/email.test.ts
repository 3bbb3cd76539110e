import { randomUUID } from 'node:crypto';
import type { RawMail } from '../../channels/email/email-channel.ts';
import type { Channel, InboundStatus } from '../../server/contract/channel.ts';
import { EMAIL_ACCOUNT } from '../../server/email/mailboxes.ts';
import { mailText } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { describeChannel } from './channel-conformance.ts';
import type { Mishap } from './subject.ts';

let mailServer: MailServer;
const mishaps: Mishap[] = [];

/** Everybody's mail server, in whatever mood the suite wants it. */
async function moodyServer() {
  mailServer = await startMailServer({
    onRcptTo(_address, _session, done) {
      const mishap = mishaps.shift();
      if (mishap === 'broken line') return mailServer.cut();
      if (!mishap) return done();
      const [code, text] = mishap === 'refusal' ? [550, '5.1.1 No such user'] : [451, '4.7.1 Later'];
      done(Object.assign(new Error(text as string), { responseCode: code }));
    },
  });
  return { MAIL_CHECK_SENDERS: 'false', ...mailServer.settings };
}

const mail = (text: string): RawMail => ({ mailbox: 'atencion', raw: Buffer.from(text) });

describeChannel<RawMail>(
  'e-mail',
  { delivery: 'push', batches: false },
  async ({ server }) => ({
    channel: server.context.channels.get('email') as Channel<RawMail>,
    accountId: EMAIL_ACCOUNT,
    line: 'atencion',
    // Somebody who gets no acknowledgement: what the suite counts is what it did itself.
    address: () => `noreply+${randomUUID()}@example.org`,
    // What one person says is one thread.
    input: ({ from, id, text }) => mail(mailText({ from, text, messageId: `${id}@x`, references: [`thread.${from}`] })),
    undecodable: mail('esto no es un correo'),
    provider: {
      meet: (...met) => void mishaps.push(...met),
      refusal: { code: '5.1.1', reason: 'Esa dirección no existe. Revisa que esté bien escrita.' },
      got: (messageId) =>
        mailServer.accepted
          .filter((sent) => sent.messageId?.startsWith(`<${messageId}@`))
          .map((sent) => [(sent.text ?? '').trim()]),
      reports: ['delivered', 'failed'],
      report,
    },
    close: () => void mailServer.stop(),
  }),
  moodyServer,
);

/** A delivery status notification of RFC 3464. */
function report({ providerMessageId, status }: Omit<InboundStatus, 'type'>): RawMail {
  return mail(
    [
      'From: MAILER-DAEMON@example.org',
      'Subject: Delivery Status Notification',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      'Final-Recipient: rfc822; rosa@example.org',
      `Action: ${status}`,
      `Status: ${status === 'failed' ? '5.1.1' : '2.0.0'}`,
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${providerMessageId}>`,
      '--b--',
      '',
    ].join('\r\n'),
  );
}
