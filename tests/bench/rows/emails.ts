import { randomUUID } from 'node:crypto';
import { mailText, postMail } from '../../support/mail.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { type Load, rate } from '../measure.ts';
import type { Row } from '../report.ts';
import { inletToken } from '../stage.ts';

/** An MTA that delivers so many at once. */
const UNDER_WAY = 50;
/** Of so many mails, one begins a conversation and the others answer it. */
const THREAD = 4;
const FILE = Buffer.alloc(20_000, 'linea').toString('base64').replace(/.{76}/g, '$&\r\n');

/** Mails as they come: a new one, answers in its thread with what they quote, one with a file. */
export async function emails(server: ServerProcess, load: Load): Promise<Row> {
  const begun = new Map<number, { root: string; from: string; sent: number }>();
  const value = await rate(UNDER_WAY, load, async (worker) => {
    const thread = begun.get(worker) ?? {
      root: `${randomUUID()}@example.org`,
      from: `${randomUUID()}@example.org`,
      sent: 0,
    };
    const answer = await postMail(server.url, mailOf(thread), { token: inletToken });
    if (answer.status !== 201 || !answer.ticketId) throw new Error(`A mail was not taken: ${JSON.stringify(answer)}`);
    thread.sent += 1;
    if (thread.sent === THREAD) begun.delete(worker);
    else begun.set(worker, thread);
  });
  return {
    id: 'emails_per_second',
    what: 'E-mail → parsed, threaded, stored, in the queue',
    value,
    unit: '/s',
    target: { atLeast: 210 },
  };
}

function mailOf({ root, from, sent }: { root: string; from: string; sent: number }): string {
  const common = { from: `Rosa López <${from}>`, subject: 'Fuga de agua en Díaz Mirón' };
  if (sent === 0) return mailText({ ...common, messageId: root, text: LETTER });
  const reply = { ...common, subject: `Re: ${common.subject}`, inReplyTo: root, references: [root] };
  if (sent === THREAD - 1) return withFile(mailText({ ...reply, text: `Va la foto ${sent}.` }));
  return mailText({ ...reply, text: `Sigue igual, van ${sent} días.\r\n\r\n${QUOTE}` });
}

function withFile(mail: string): string {
  const [head = '', text = ''] = mail.split('\r\n\r\n');
  return [
    head.replace(/^Content-Type: .*$/m, 'Content-Type: multipart/mixed; boundary=parte'),
    '',
    '--parte',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--parte',
    'Content-Type: application/octet-stream; name="foto.bin"',
    'Content-Transfer-Encoding: base64',
    '',
    FILE,
    '--parte--',
    '',
  ].join('\r\n');
}

const LETTER = [
  'Buenas tardes:',
  '',
  'Desde el lunes hay una fuga de agua en la esquina de Díaz Mirón y Arista, frente a la farmacia. Ya van tres días y',
  'el agua corre hasta la otra cuadra. ¿Pueden mandar a alguien?',
  '',
  'Gracias.',
  '',
  '--',
  'Rosa López',
  'Enviado desde mi iPhone',
].join('\r\n');
const QUOTE = [
  'El dom, 22 nov 2026 a la(s) 9:00 a.m., Rosa López (rosa@example.org) escribió:',
  '',
  ...LETTER.split('\r\n').map((line) => `> ${line}`),
].join('\r\n');
