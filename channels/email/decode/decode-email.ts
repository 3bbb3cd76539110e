import { createHash } from 'node:crypto';
import type { Problem } from '../../../server/contract/email-problems.ts';
import { AppError } from '../../../server/contract/errors.ts';
import { authoredText } from '../authorship/authored-text.ts';
import { joinLines, plainLines } from '../authorship/line.ts';
import { readBounce } from '../automatic/read-bounce.ts';
import { whyAutomatic } from '../automatic/why-automatic.ts';
import type { DecodedEmail, EmbeddedMail } from '../decoded-email.ts';
import { htmlLines } from '../html/html-lines.ts';
import { sanitiseHtml } from '../html/sanitise-html.ts';
import { isForwardSubject, messageIds, threadKeys } from '../threading/thread-keys.ts';
import { describeFiles, unpack } from './attachments.ts';
import { type Body, sortLeaves } from './bodies.ts';
import { bounds } from './bounds.ts';
import { calendarText, readCalendar } from './calendar.ts';
import { type Header, headerValue, headerValues, mendHead } from './mend-head.ts';
import type { Notice } from './problems.ts';
import { readEnvelope } from './read-headers.ts';
import type { Leaf } from './read-leaves.ts';
import { readMail } from './read-mail.ts';

/**
 * Decodes a raw mail (RFC 5322 and MIME), however malformed: what cannot be read as its sender meant is read as far as
 * possible and told in `problems`. Time and memory are bounded by the size of the input.
 * @throws AppError `not_an_email` when there is no header to be found
 */
export async function decodeEmail(raw: Buffer): Promise<DecodedEmail> {
  const problems = new Set<Problem>();
  const notice: Notice = (problem) => problems.add(problem);
  const { email, embedded } = await decodeOne(raw, notice, bounds.embeddedDepth);
  return { ...email, embedded, problems: [...problems] };
}

type Decoded = { email: DecodedEmail; embedded: EmbeddedMail[] };

async function decodeOne(raw: Buffer, notice: Notice, depth: number): Promise<Decoded> {
  const head = mendHead(raw, notice);
  if (!head) throw new AppError('not_an_email');
  const { headers } = head;
  const parsed = await readMail(head, notice);
  const envelope = readEnvelope(headers, parsed.headers, notice);
  const { bodies, files } = sortLeaves(parsed.leaves, notice);
  const unpacked = unpack(files, notice);
  if (bodies.length === 0 && (unpacked.plain || unpacked.html)) bodies.push(unpacked);
  const html = htmlOf(bodies);
  const embedded = depth > 0 ? await decodeEmbedded(files, notice, depth - 1) : [];
  const reading = readText(bodies, { forwarded: isForwardSubject(envelope.subject), senderName: envelope.from.name });
  const fallback = reading.text ? null : (calendarOf(files) ?? embeddedText(embedded));
  const messageId = messageIds(headerValue(headers, 'message-id'))[0] ?? null;
  if (!messageId) notice('no_message_id');
  const reportType = parsed.contentType.params['report-type']?.toLowerCase() ?? null;
  const fromAddress = envelope.from.address;
  const { subject } = envelope;
  const report = { headers, subject, fromAddress, reportType };
  const bounce = readBounce({ ...report, leaves: parsed.leaves, text: reading.fullText });
  const automatic = whyAutomatic({ ...report, bounce });
  const email: DecodedEmail = {
    type: 'message',
    channel: 'email',
    externalId: externalId(messageId, raw),
    ...envelope,
    text: fallback ?? reading.text,
    fullText: joinLines([reading.fullText, ...embedded.flatMap((mail) => ['', embeddedText([mail]) ?? ''])]),
    signature: reading.signature,
    html: html === null ? null : sanitiseHtml(html),
    messageId,
    ...replyHeaders(headers),
    thread: threadOf(headers, envelope),
    auto: automatic?.auto ?? null,
    autoEvidence: automatic?.evidence ?? null,
    bounce,
    language: /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*/i.exec(headerValue(headers, 'content-language') ?? '')?.[0] ?? null,
    attachments: await describeFiles(unpacked.files, html, notice),
    embedded: [],
    problems: [],
  };
  return { email, embedded };
}

/** The same for every copy of a mail, whichever of our addresses it reached; short enough for the contract. */
function externalId(messageId: string | null, raw: Buffer): string {
  if (messageId && messageId.length <= 200) return messageId;
  return `sha256:${createHash('sha256')
    .update(messageId ?? raw)
    .digest('hex')}`;
}

function replyHeaders(headers: Header[]): { inReplyTo: string | null; references: string[] } {
  return {
    inReplyTo: messageIds(headerValue(headers, 'in-reply-to'))[0] ?? null,
    references: messageIds(headerValues(headers, 'references').join(' ')),
  };
}

function threadOf(headers: Header[], { to, cc, subject }: Pick<DecodedEmail, 'to' | 'cc' | 'subject'>) {
  const delivered = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((key) => headerValues(headers, key));
  const named = [...to, ...cc].flatMap(({ address }) => address ?? []);
  return threadKeys({
    inReplyTo: messageIds(headerValue(headers, 'in-reply-to')),
    references: messageIds(headerValues(headers, 'references').join(' ')),
    recipients: [...named, ...delivered.map((value) => value.replace(/[<>\s]/g, ''))],
    subject,
  });
}

type Reading = ReturnType<typeof authoredText>;

/** The texts of a mail one after the other. Of a pair the HTML is read, unless it says much less than its twin. */
function readText(bodies: Body[], context: Parameters<typeof authoredText>[1]): Reading {
  const lines = bodies.flatMap((body, at) => {
    const plain = body.plain === null ? null : plainLines(body.plain);
    const html = body.html === null ? null : htmlLines(body.html);
    const chosen = !html || (plain && size(html) < size(plain) * 0.5) ? (plain ?? []) : html;
    return at === 0 ? chosen : [...plainLines('\n'), ...chosen];
  });
  return authoredText(lines, context);
}

function size(lines: { text: string }[]): number {
  return lines.reduce((sum, { text }) => sum + text.replace(/[\s>]+/g, '').length, 0);
}

/** What is to be shown: every body's HTML, a plain text among them as such. Null when there is no HTML at all. */
function htmlOf(bodies: Body[]): string | null {
  if (!bodies.some(({ html }) => html !== null)) return null;
  return bodies.map(({ html, plain }) => html ?? `<pre>${escapeHtml(plain ?? '')}</pre>`).join('<hr>');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

async function decodeEmbedded(files: Leaf[], notice: Notice, depth: number): Promise<EmbeddedMail[]> {
  const found: EmbeddedMail[] = [];
  for (const { content } of files.filter(({ type }) => type === 'message/rfc822').slice(0, bounds.embeddedMessages)) {
    // What is wrong inside is not this mail's fault, and a report may carry half a message.
    const inner = await decodeOne(content, () => undefined, depth).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      notice('broken_structure');
      return null;
    });
    if (!inner) continue;
    const { from, subject, date, messageId, fullText } = inner.email;
    found.push({ from, subject, date, messageId, text: fullText });
  }
  return found;
}

function embeddedText(embedded: EmbeddedMail[]): string | null {
  const texts = embedded.map(({ from, subject, text }) => {
    const who = [from.name, from.address && `<${from.address}>`].filter(Boolean).join(' ');
    return [who, subject].filter(Boolean).join('\n') + (text ? `\n\n${text}` : '');
  });
  return texts.length > 0 ? texts.join('\n\n') : null;
}

function calendarOf(files: Leaf[]): string | null {
  const invitation = files.find(({ type }) => type === 'text/calendar');
  const entry = invitation ? readCalendar(invitation.content, invitation.charset) : null;
  return entry ? calendarText(entry) || null : null;
}
