import { randomUUID } from 'node:crypto';
import { fileRoutes } from '../../server/contract/endpoints.ts';

export const INLET_TOKEN = 'a token for tests, and for nothing else';

export interface MailText {
  from?: string;
  to?: string;
  cc?: string;
  subject?: string;
  text?: string;
  /** Without brackets. */
  messageId?: string;
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
}

/** A plain mail as a program would write it. */
export function mailText(mail: MailText = {}): string {
  const { inReplyTo, references } = mail;
  const headers: Record<string, string | undefined> = {
    From: mail.from ?? 'Rosa López <rosa@example.org>',
    To: mail.to ?? 'atencion@veracruz.example.org',
    Cc: mail.cc,
    Subject: mail.subject ?? 'Fuga de agua',
    Date: 'Sun, 22 Nov 2026 09:00:00 -0600',
    'Message-ID': `<${mail.messageId ?? `${randomUUID()}@example.org`}>`,
    'In-Reply-To': inReplyTo && `<${inReplyTo}>`,
    References: references?.map((id) => `<${id}>`).join(' '),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...mail.headers,
  };
  const head = Object.entries(headers).flatMap(([name, value]) => (value ? `${name}: ${value}` : []));
  return `${head.join('\r\n')}\r\n\r\n${mail.text ?? 'Buenas tardes, hay una fuga en Díaz Mirón.'}\r\n`;
}

export interface Posted {
  status: number;
  conversationId: string | null;
  ticketId: string | null;
  messageId: string | null;
  duplicate: boolean;
  error?: { code: string; message: string };
}

/** Hands a raw mail in by HTTP, as an MTA would. */
export async function postMail(
  url: string,
  raw: string | Buffer,
  { mailbox = 'atencion', token = INLET_TOKEN }: { mailbox?: string; token?: string } = {},
): Promise<Posted> {
  const answer = await fetch(`${url}${fileRoutes.mailInlet(mailbox)}`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${token}` },
    body: raw,
  });
  return { status: answer.status, ...((await answer.json()) as Omit<Posted, 'status'>) };
}
