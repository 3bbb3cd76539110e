import type { MailAddress } from '../decoded-email.ts';
import { bounds } from './bounds.ts';
import { decodeWords } from './encoded-words.ts';
import { type Header, headerValue, headerValues } from './mend-head.ts';
import type { Notice } from './problems.ts';

export interface Envelope {
  from: MailAddress;
  replyTo: MailAddress | null;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  subject: string;
  date: string | null;
}

const nobody: MailAddress = { address: null, name: null };

/** Who, to whom, about what and when. `parsed` is mailparser's reading, which knows how to tell addresses apart. */
export function readEnvelope(headers: Header[], parsed: Map<string, unknown>, notice: Notice): Envelope {
  const from = senders(parsed).find(({ address }) => address) ?? addresses(parsed.get('from'))[0] ?? nobody;
  if (!addresses(parsed.get('from')).some(({ address }) => address)) notice('no_from');
  return {
    from,
    replyTo: addresses(parsed.get('reply-to'))[0] ?? null,
    to: addresses(parsed.get('to')),
    cc: addresses(parsed.get('cc')),
    bcc: addresses(parsed.get('bcc')),
    subject: readable(decodeWords(headerValue(headers, 'subject') ?? '')).slice(0, 2_000),
    date: readDate(headers, notice),
  };
}

/** From, or who else answers for the mail when it names nobody there. */
function senders(parsed: Map<string, unknown>): MailAddress[] {
  return ['from', 'sender', 'reply-to', 'return-path'].flatMap((key) => addresses(parsed.get(key)));
}

function addresses(found: unknown): MailAddress[] {
  const lists = Array.isArray(found) ? found : [found];
  const all = lists.flatMap((list) => (isAddressList(list) ? list.value.flatMap(flatten) : []));
  return all.slice(0, bounds.addresses);
}

interface ParsedAddress {
  address?: string;
  name?: string;
  group?: ParsedAddress[];
}

function isAddressList(list: unknown): list is { value: ParsedAddress[] } {
  return typeof list === 'object' && list !== null && 'value' in list && Array.isArray(list.value);
}

function flatten({ address, name, group }: ParsedAddress): MailAddress[] {
  if (group) return group.flatMap(flatten);
  const written = readable(name ?? '')
    .replace(/^["'\s]+|["'\s]+$/g, '')
    .slice(0, 300);
  const clean = (address ?? '').replace(/[\s<>\u0000-\u001f]/g, '').slice(0, 320) || null;
  // «"ana@example.com"» without brackets: the parser takes it for a name.
  const inName = clean === null ? (/^[^\s@<>]{1,64}@[^\s@<>]{1,255}$/.exec(written)?.[0] ?? null) : null;
  if (!clean && !inName && !written) return [];
  return [{ address: clean ?? inName, name: inName ? null : written || null }];
}

/** Control and direction-changing characters have no place in a name or a subject. */
function readable(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The Date header, else the last Received, which the city's own server wrote. */
function readDate(headers: Header[], notice: Notice): string | null {
  const written = headerValue(headers, 'date');
  const date = written === null ? null : parseDate(written);
  if (date) return date;
  notice(written === null ? 'no_date' : 'bad_date');
  const received = headerValues(headers, 'received')[0];
  return received === undefined ? null : parseDate(received.slice(received.lastIndexOf(';') + 1));
}

function parseDate(written: string): string | null {
  const plain = decodeWords(written)
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const time = Date.parse(plain.replace(/(?<=\d)\.(?=\d\d\b)/g, ':').replace(/\bUT$/, 'UTC'));
  const year = new Date(time).getUTCFullYear();
  return Number.isNaN(time) || year < 1980 || year > 2100 ? null : new Date(time).toISOString();
}
