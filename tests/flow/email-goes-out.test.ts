import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { createSmtpSender } from '../../channels/email/smtp/smtp-sender.ts';
import type { OutgoingLetter } from '../../server/contract/email.ts';

const answer: OutgoingLetter = {
  internetMessageId: '0193-answer@linea.example.org',
  mailbox: 'atencion',
  replyTo: null,
  bcc: [],
  unsubscribe: null,
  from: { address: 'atencion@veracruz.example.org', name: 'Línea Veracruz' },
  to: [{ address: 'rosa@example.org', name: 'Rosa López' }],
  cc: [],
  subject: 'Fuga de agua',
  text: 'Hola, Rosa:\n\nYa va en camino una cuadrilla.\nSi crece, <márcanos>.',
  signature: 'Ana\nLínea Veracruz',
  quoted: {
    from: { address: 'rosa@example.org', name: 'Rosa López' },
    at: new Date('2026-11-20T15:04:00Z'),
    text: 'Hay una fuga en Díaz Mirón.\n> ¿Dónde?',
  },
  inReplyTo: 'first@example.org',
  references: ['root@example.org', 'first@example.org'],
  attachments: [{ name: 'mapa señalado.txt', type: 'text/plain', content: Buffer.from('aquí') }],
  automatic: false,
  locale: 'es',
  timeZone: 'America/Mexico_City',
};

/** A real SMTP conversation; what it accepted is kept. */
async function startSmtp(options: SMTPServerOptions = {}): Promise<{ port: number; accepted: Buffer[] }> {
  const accepted: Buffer[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: async (stream, _session, done) => {
      accepted.push(await buffer(stream));
      done();
    },
    ...options,
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
  return { port: (server.server.address() as AddressInfo).port, accepted };
}

function senderTo(port: number) {
  const account = { host: '127.0.0.1', port, secure: false, verifyTls: false, auth: null };
  const sender = createSmtpSender(account, 'veracruz');
  onTestFinished(() => sender.close());
  return sender;
}

const refusing = (code: number, text: string): SMTPServerOptions => ({
  onRcptTo: (_address, _session, done) => done(Object.assign(new Error(text), { responseCode: code })),
});

test('an answer arrives in its thread, in text and HTML, signed, with the question below it', async () => {
  const { port, accepted } = await startSmtp();
  expect(await senderTo(port).send(answer)).toEqual({
    outcome: 'accepted',
    providerMessageId: answer.internetMessageId,
  });

  const mail = await simpleParser(accepted[0] ?? '');
  expect(mail.subject).toBe('Re: Fuga de agua');
  expect(mail.messageId).toBe('<0193-answer@linea.example.org>');
  expect(mail.inReplyTo).toBe('<first@example.org>');
  expect(mail.references).toEqual(['<root@example.org>', '<first@example.org>']);
  expect(mail.headers.get('x-linea-ciudadana')).toBe('veracruz');
  expect(mail.headers.has('auto-submitted')).toBe(false);
  expect(mail.text).toContain('Ya va en camino una cuadrilla.\nSi crece, <márcanos>.\n\n-- \nAna\nLínea Veracruz');
  expect(mail.text).toMatch(/El 20 de noviembre de 2026.*Rosa López <rosa@example\.org> escribió:\n> Hay una fuga/s);
  expect(mail.text).toContain('\n>> ¿Dónde?');
  expect(mail.html).toContain('Si crece, &lt;márcanos&gt;.');
  expect(mail.html).toContain('<blockquote type="cite"');
  expect(mail.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
    ['mapa señalado.txt', 'aquí'],
  ]);
});

test('what no person wrote says so, so that no other machine answers it', async () => {
  const { port, accepted } = await startSmtp();
  await senderTo(port).send({ ...answer, automatic: true, signature: null, quoted: null, attachments: [] });
  const mail = await simpleParser(accepted[0] ?? '');
  expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
  expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
});

test('a line break in a subject starts no header of its own', async () => {
  const { port, accepted } = await startSmtp();
  await senderTo(port).send({ ...answer, subject: 'Fuga\r\nBcc: todos@example.org', inReplyTo: null });
  const mail = await simpleParser(accepted[0] ?? '');
  expect(mail.headers.has('bcc')).toBe(false);
  expect(mail.subject).toBe('Fuga Bcc: todos@example.org');
});

test('of several recipients the one that is refused is named, and the others have it', async () => {
  const { port, accepted } = await startSmtp({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('nadie') ? Object.assign(new Error('5.1.1 No such user'), { responseCode: 550 }) : null),
  });
  const mail = { ...answer, cc: [{ address: 'nadie@example.org', name: null }] };
  expect(await senderTo(port).send(mail)).toEqual({
    outcome: 'accepted',
    providerMessageId: answer.internetMessageId,
    missed: {
      providerCode: '5.1.1',
      reason: 'nadie@example.org: Esa dirección no existe. Revisa que esté bien escrita.',
    },
  });
  expect(accepted).toHaveLength(1);
});

test('"never" is a clear stop with a reason, "later" is asked again, and no answer at all is a fault', async () => {
  const never = await startSmtp(refusing(550, '5.1.1 No such user here'));
  expect(await senderTo(never.port).send(answer)).toEqual({
    outcome: 'rejected',
    permanent: true,
    providerCode: '5.1.1',
    reason: 'Esa dirección no existe. Revisa que esté bien escrita.',
  });
  const later = await startSmtp(refusing(451, '4.7.1 Greylisted, try again later'));
  expect(await senderTo(later.port).send(answer)).toMatchObject({ outcome: 'throttled' });
  await expect(senderTo(1).send(answer)).rejects.toThrow();
});
