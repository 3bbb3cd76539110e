import { decodeCharset } from './charset.ts';

/** An invitation or its answer (RFC 5545), as much of it as a reader of the mail wants. */
export interface CalendarEntry {
  /** REQUEST, CANCEL, REPLY... */
  method: string | null;
  summary: string | null;
  /** As the calendar writes it: `20251103T100000Z`, or a day. */
  start: string | null;
  end: string | null;
  location: string | null;
  organizer: string | null;
}

/** The first entry of a calendar part; null when there is none. */
export function readCalendar(bytes: Buffer, charset: string | null): CalendarEntry | null {
  const { text } = decodeCharset(bytes.subarray(0, 256 * 1024), charset ?? 'utf-8');
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const start = lines.findIndex((line) => /^BEGIN:V(?:EVENT|TODO)/i.test(line));
  if (start < 0) return null;
  const end = lines.findIndex((line, at) => at > start && /^END:V(?:EVENT|TODO)/i.test(line));
  const entry = lines.slice(start, end < 0 ? undefined : end);
  return {
    method: value(lines, 'METHOD'),
    summary: value(entry, 'SUMMARY'),
    start: value(entry, 'DTSTART'),
    end: value(entry, 'DTEND'),
    location: value(entry, 'LOCATION'),
    organizer: value(entry, 'ORGANIZER')?.replace(/^mailto:/i, '') ?? null,
  };
}

/** The entry as lines to read, for a mail that says nothing else. */
export function calendarText({ summary, start, end, location, organizer }: CalendarEntry): string {
  const when = [start, end].filter(Boolean).join(' – ');
  return [summary, when, location, organizer].filter(Boolean).join('\n');
}

function value(lines: string[], name: string): string | null {
  const line = lines.find((line) => line.toUpperCase().startsWith(name) && /^[:;]/.test(line.slice(name.length)));
  // Parameters may hold colons inside quotes.
  const found = line
    ?.replace(/"[^"]*"/g, '')
    .slice(name.length)
    .match(/^[^:]*:(.*)$/)?.[1];
  return found?.replace(/\\n/gi, ' ').replace(/\\(.)/g, '$1').trim() || null;
}
