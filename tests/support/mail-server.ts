import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { until } from './until.ts';

export interface SentMail extends ParsedMail {
  /** By the envelope: who gets it, whatever its headers say. */
  recipients: string[];
  raw: Buffer;
}

/** A real SMTP server; what it accepted is kept. */
export interface MailServer {
  port: number;
  accepted: SentMail[];
  /** Settings that make a contact centre send through it. */
  settings: Record<`SMTP_${string}`, string | number>;
  /** Waits for a mail that leaves for this address, and whose subject or text contains the words. */
  mailTo(address: string, words?: string): Promise<SentMail>;
  /** Cuts every line, without a word. */
  cut(): void;
  stop(): Promise<void>;
}

export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const accepted: SentMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const keep = async () => {
        const raw = await buffer(stream);
        const recipients = envelope.rcptTo.map(({ address }) => address);
        accepted.push({ ...(await simpleParser(raw)), recipients, raw });
      };
      // Half of a mail is none: its client was killed.
      keep().then(() => done(), done);
    },
    ...options,
  });
  // A client that is killed resets its line.
  server.on('error', () => {});
  const lines = new Set<Socket>();
  server.server.on('connection', (line: Socket) => {
    lines.add(line);
    line.once('close', () => lines.delete(line));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    accepted,
    settings: { SMTP_HOST: '127.0.0.1', SMTP_PORT: port },
    mailTo: (address, words = '') =>
      until(
        () =>
          accepted.find((mail) => mail.recipients.includes(address) && `${mail.subject}\n${mail.text}`.includes(words)),
        { what: `a mail to ${address} with «${words}»` },
      ),
    cut() {
      for (const line of lines) line.destroy();
    },
    stop: () => new Promise<void>((closed) => server.close(closed)),
  };
}
