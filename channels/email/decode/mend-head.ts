import { bounds } from './bounds.ts';
import { decodeCharset } from './charset.ts';
import { hasUnknownCharset } from './encoded-words.ts';
import type { Notice } from './problems.ts';

/** One header, unfolded; its value as one character a byte. */
export interface Header {
  key: string;
  value: string;
}

export interface MendedHead {
  headers: Header[];
  /** The same headers for the parser: bounded, UTF-8, each on one line, with the empty line that ends them. */
  head: Buffer;
  body: Buffer;
}

/** Headers that must be unique: a second one is a mistake, or meant to show one thing and mean another. */
const single = new Set([
  ...['from', 'sender', 'reply-to', 'subject', 'date', 'message-id', 'in-reply-to', 'mime-version'],
  ...['content-type', 'content-transfer-encoding', 'content-disposition'],
]);
const read = new Set([
  ...single,
  ...['to', 'cc', 'bcc', 'references', 'received', 'return-path', 'delivered-to', 'x-original-to', 'envelope-to'],
  ...['precedence', 'auto-submitted', 'content-language', 'x-failed-recipients', 'thread-topic', 'user-agent'],
]);
const readFamilies = /^(?:list-|x-auto|x-linea-|x-mail|x-precedence|x-vacation|x-loop|content-)/;
const headerLine = /^([!-9;-~]{1,100})[ \t]*:(.*)$/s;

/**
 * The head of a raw mail, mended where it is malformed so that any parser reads it: junk lines and null bytes
 * removed, excess cut, unlabelled bytes turned into UTF-8. Null when there is no header that mails have.
 */
export function mendHead(raw: Buffer, notice: Notice): MendedHead | null {
  const start = skipBlank(raw);
  const { lines, end } = headLines(raw, start, notice);
  const headers = bounded(lines, notice);
  if (!headers.some(({ key }) => isKnown(key) || key.startsWith('x-'))) return null;
  const text = headers.map(({ key, value }) => `${key}: ${utf8Bytes(value, notice)}\r\n`).join('');
  return { headers, head: Buffer.from(`${text}\r\n`, 'latin1'), body: raw.subarray(end) };
}

/** The first header of that name, unfolded and trimmed; one character a byte. */
export function headerValue(headers: Header[], key: string): string | null {
  return headers.find((header) => header.key === key)?.value ?? null;
}

export function headerValues(headers: Header[], key: string): string[] {
  return headers.filter((header) => header.key === key).map(({ value }) => value);
}

function skipBlank(raw: Buffer): number {
  let at = raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf ? 3 : 0;
  while (at < raw.length && [0x00, 0x09, 0x0a, 0x0d, 0x20].includes(raw[at] ?? -1)) at++;
  return at;
}

/** Logical lines up to the end of the head, each cut to the bound while it is collected. */
function headLines(raw: Buffer, start: number, notice: Notice): { lines: string[]; end: number } {
  const lines: string[] = [];
  let at = start;
  while (at < raw.length) {
    const newline = raw.indexOf(0x0a, at);
    const next = newline < 0 ? raw.length : newline + 1;
    const line = raw
      .subarray(at, Math.min(next, at + bounds.headerBytes))
      .toString('latin1')
      .replace(/[\r\n]+$/, '');
    if (next - at > bounds.headerBytes) notice('header_cut');
    if (line === '') return { lines, end: next };
    const last = lines.length - 1;
    if (/^[ \t]/.test(line)) {
      if (last < 0) notice('broken_structure');
      else if ((lines[last] ?? '').length < bounds.headerBytes) lines[last] += ` ${line.trim()}`;
      else notice('header_cut');
    } else if (headerLine.test(line)) {
      lines.push(line);
    } else if (!/^>?From /.test(line)) {
      notice('broken_structure');
      if (lines.length > 0 && !headGoesOn(raw, next)) return { lines, end: at };
    }
    at = next;
  }
  return { lines, end: raw.length };
}

/** After a line that is no header: whether headers that matter follow, or the text began without its empty line. */
function headGoesOn(raw: Buffer, from: number): boolean {
  const ahead = raw
    .subarray(from, from + 4_096)
    .toString('latin1')
    .split(/\r?\n/)
    .slice(0, 8);
  const blank = ahead.indexOf('');
  return (blank < 0 ? ahead : ahead.slice(0, blank)).some((line) => {
    const key = headerLine.exec(line)?.[1]?.toLowerCase();
    return key !== undefined && read.has(key);
  });
}

function bounded(lines: string[], notice: Notice): Header[] {
  const seen = new Map<string, number>();
  let strange = 0;
  return lines.flatMap((line): Header[] => {
    const [, name = '', rest = ''] = headerLine.exec(line) ?? [];
    if (line.includes('\0')) notice('null_bytes');
    const key = name.toLowerCase();
    const value = rest.replace(/[\0\r\n]+/g, ' ').trim();
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (single.has(key) && count > 1) notice('header_repeated');
    const kept = isKnown(key) ? count <= (single.has(key) ? 1 : bounds.sameHeader) : ++strange <= bounds.strangeHeaders;
    if (kept) return [{ key, value }];
    if (!single.has(key)) notice('headers_left_out');
    return [];
  });
}

function isKnown(key: string): boolean {
  return read.has(key) || readFamilies.test(key);
}

function utf8Bytes(value: string, notice: Notice): string {
  let bytes = value;
  if (hasUnknownCharset(bytes)) {
    notice('charset_mended');
    bytes = bytes.replace(/=\?[^?\s]+\?([bq])\?/gi, (word, how: string) =>
      hasUnknownCharset(`${word}?=`) ? `=?windows-1252?${how}?` : word,
    );
  }
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  return Buffer.from(decodeCharset(Buffer.from(bytes, 'latin1'), null).text, 'utf8').toString('latin1');
}
