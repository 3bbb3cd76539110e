import { decodeCharset, isKnownCharset } from './charset.ts';

const encodedWord = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=/gi;

/**
 * RFC 2047 words in a header value given as one character a byte. Words of one character set that touch are joined
 * before they are read, because senders cut them in the middle of a character. Bytes outside of words are read as
 * `decodeCharset` does.
 */
export function decodeWords(binary: string): string {
  const words: { charset: string; bytes: Buffer[] }[] = [];
  let out = '';
  let end = 0;
  const flush = () => {
    for (const { charset, bytes } of words) out += decodeCharset(Buffer.concat(bytes), charset).text;
    words.length = 0;
  };
  for (const match of binary.matchAll(encodedWord)) {
    const between = binary.slice(end, match.index);
    if (words.length === 0 || between.trim()) {
      flush();
      out += plain(between);
    }
    const [whole, charset = '', encoding = '', text = ''] = match;
    const bytes = wordBytes(encoding, text);
    const last = words.at(-1);
    if (last?.charset.toLowerCase() === charset.toLowerCase()) last.bytes.push(bytes);
    else words.push({ charset, bytes: [bytes] });
    end = match.index + whole.length;
  }
  flush();
  return out + plain(binary.slice(end));
}

/** True when a word names a character set that nobody knows. */
export function hasUnknownCharset(binary: string): boolean {
  return [...binary.matchAll(encodedWord)].some(([, charset = '']) => !isKnownCharset(charset));
}

function wordBytes(encoding: string, text: string): Buffer {
  if (/b/i.test(encoding)) return Buffer.from(text, 'base64');
  const bytes = text
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function plain(binary: string): string {
  return /[\x80-\xff]/.test(binary) ? decodeCharset(Buffer.from(binary, 'latin1'), null).text : binary;
}
