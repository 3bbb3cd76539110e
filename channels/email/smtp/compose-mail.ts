import type { SendMailOptions } from 'nodemailer';
import type { EmailAddress, OutgoingLetter } from '../../../server/contract/email.ts';
import { ownHeader } from '../automatic/why-automatic.ts';

/** RFC 5322 sets no limit; relays do. The first and the last ids are what programs thread by. */
const MOST_REFERENCES = 30;

/**
 * The mail as nodemailer sends it: text and HTML that say the same, the answered mail quoted below, threading headers
 * of RFC 5322 3.6.4, and for what no person wrote those of RFC 3834.
 * @param installation what the loop header says
 */
export function composeMail(mail: OutgoingLetter, installation: string): SendMailOptions {
  return {
    messageId: `<${mail.internetMessageId}>`,
    from: addressOf(mail.from),
    to: mail.to.map(addressOf),
    cc: mail.cc.map(addressOf),
    bcc: mail.bcc.map(addressOf),
    ...(mail.replyTo ? { replyTo: addressOf(mail.replyTo) } : {}),
    subject: replySubject(mail),
    text: asText(mail),
    html: mail.html ?? asHtml(mail),
    ...(mail.inReplyTo ? { inReplyTo: `<${mail.inReplyTo}>` } : {}),
    ...(mail.references.length > 0 ? { references: shortened(mail.references).map((id) => `<${id}>`) } : {}),
    // Where the server can (RFC 3461): it tells when the mail arrived, and not only when it did not.
    dsn: {
      id: mail.internetMessageId,
      return: 'headers',
      notify: mail.automatic === 'generated' ? ['failure'] : ['success', 'failure', 'delay'],
    },
    attachments: mail.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(content),
    })),
    headers: {
      [ownHeader]: installation,
      ...automaticHeaders(mail.automatic),
      ...(mail.unsubscribe ? { 'List-Unsubscribe': `<${mail.unsubscribe}>` } : {}),
    },
    // What a person wrote is never a link to a file of ours.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function automaticHeaders(automatic: OutgoingLetter['automatic']): Record<string, string> {
  if (!automatic) return {};
  if (automatic === 'generated') return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
  return { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', Precedence: 'auto_reply' };
}

const addressOf = ({ address, name }: EmailAddress) => ({ address, name: name ?? '' });

function replySubject({ subject, inReplyTo }: OutgoingLetter): string {
  const plain = subject.replace(/[\r\n]+/g, ' ').trim();
  return inReplyTo && !/^re:/i.test(plain) ? `Re: ${plain}` : plain;
}

function shortened(references: readonly string[]): string[] {
  const unique = [...new Set(references)];
  const [first] = unique;
  if (unique.length <= MOST_REFERENCES || !first) return unique;
  return [first, ...unique.slice(1 - MOST_REFERENCES)];
}

function asText(mail: OutgoingLetter): string {
  const signature = mail.signature ? `\n\n-- \n${mail.signature}` : '';
  const quote = mail.quoted
    ? `\n\n${attribution(mail.quoted, mail)}\n${mail.quoted.text
        .split('\n')
        .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`))
        .join('\n')}`
    : '';
  return `${mail.text}${signature}${quote}\n`;
}

function asHtml(mail: OutgoingLetter): string {
  const signature = mail.signature ? `<div style="color:#555">-- <br>${lines(mail.signature)}</div>` : '';
  const quote = mail.quoted
    ? `<p>${escaped(attribution(mail.quoted, mail))}</p><blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${lines(mail.quoted.text)}</blockquote>`
    : '';
  const paragraphs = mail.text.split(/\n{2,}/).map((paragraph) => `<p>${lines(paragraph)}</p>`);
  return `<!doctype html><html lang="${mail.locale}"><body>${paragraphs.join('')}${signature}${quote}</body></html>`;
}

function attribution(
  { from, at }: NonNullable<OutgoingLetter['quoted']>,
  { locale, timeZone }: OutgoingLetter,
): string {
  const who = from.name ? `${from.name} <${from.address}>` : from.address;
  const when = at?.toLocaleString(locale === 'es' ? 'es-MX' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  if (locale === 'es') return when ? `El ${when}, ${who} escribió:` : `${who} escribió:`;
  return when ? `On ${when}, ${who} wrote:` : `${who} wrote:`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>');
