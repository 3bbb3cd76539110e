import { decodeWords } from './encoded-words.ts';
import type { Notice } from './problems.ts';

const extensions: Record<string, string> = {
  'message/rfc822': '.eml',
  'message/delivery-status': '.txt',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'text/vcard': '.vcf',
  'text/x-vcard': '.vcf',
  'text/csv': '.csv',
  'text/rfc822-headers': '.txt',
  'application/pdf': '.pdf',
  'application/ms-tnef': '.dat',
  'application/zip': '.zip',
  'application/rtf': '.rtf',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/heic': '.heic',
  'image/webp': '.webp',
  'audio/mpeg': '.mp3',
  'audio/ogg': '.ogg',
  'audio/mp4': '.m4a',
  'video/mp4': '.mp4',
};
/** Names that Windows keeps for itself. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const invisible = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A plain file name from what the sender wrote: no folders, no control or direction-changing characters, at most 150
 * characters, never empty, with an extension when the type has a usual one and the name has none.
 */
export function fileName(declared: string | null, type: string, position: number, notice: Notice): string {
  const written = (declared ?? '').normalize('NFC');
  const base = written.split(/[/\\]/).at(-1) ?? '';
  const clean = base
    .replace(invisible, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const safe = reserved.test(clean) ? `_${clean}` : clean;
  if (written && safe !== written.trim()) notice('attachment_renamed');
  const extension = extensions[type] ?? '';
  if (!safe) return `archivo-${position}${extension}`;
  return shorten(/\.[^.\s]{1,10}$/.test(safe) ? safe : safe + extension);
}

/**
 * The name as the part's headers give it, when the parser could not read its character set: encoded words, RFC 2231
 * percent signs, or bare bytes.
 */
export function rereadName(headerLines: string[]): string | null {
  for (const line of headerLines.filter((line) => /^content-(?:disposition|type)/i.test(line))) {
    const unfolded = line.replace(/\r?\n[ \t]*/g, ' ');
    const extended = /\b(?:file)?name\*(?:0\*)?\s*=\s*"?([^'"\s;]*)'[^']*'([^";\s]*)/i.exec(unfolded);
    if (extended) return decodeWords(unpercent(extended[2] ?? ''));
    const simple = /\b(?:file)?name\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(unfolded);
    const value = simple?.[1] ?? simple?.[2];
    if (value) return decodeWords(value.replace(/\\(.)/g, '$1'));
  }
  return null;
}

function unpercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function shorten(name: string): string {
  if (name.length <= 150) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return name.slice(0, 150 - extension.length).replace(/[\ud800-\udbff]$/, '') + extension;
}
