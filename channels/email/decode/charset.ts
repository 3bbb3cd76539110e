import iconv from 'iconv-lite';

/** Names seen in mail that no table lists, and those whose superset reads more of what is really sent. */
const aliases: Record<string, string> = {
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-8-i': 'iso-8859-8',
  'iso-8859-9': 'windows-1254',
  'ks_c_5601-1987': 'cp949',
  'ks_c_5601-1989': 'cp949',
  'euc-kr': 'cp949',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'x-sjis': 'shift_jis',
  'unicode-1-1-utf-7': 'utf-7',
};
const saysNothing =
  /^(?:|us-?ascii|ascii|7bit|8bit|binary|default|unknown(?:-8bit)?|x-unknown|iso-8859-1|utf-?8|none)$/;

export interface DecodedText {
  text: string;
  /** True when the label was missing the truth and another character set was taken. */
  mended: boolean;
}

/**
 * Bytes to text by what the label says and by what the bytes are: UTF-8 is told by its form, so a text that is valid
 * UTF-8 beyond ASCII is UTF-8 whatever a western label says, and one that is not is read as windows-1252.
 */
export function decodeCharset(bytes: Buffer, declared: string | null): DecodedText {
  const label = cleanLabel(declared);
  const marked = byteOrderMark(bytes);
  if (marked) return { text: marked, mended: false };
  const ascii = isAscii(bytes);
  if (ascii && bytes.includes('\x1b$')) {
    return { text: decodeWith(bytes, 'iso-2022-jp') ?? bytes.toString('latin1'), mended: label !== 'iso-2022-jp' };
  }
  if (isWestern(label)) {
    if (ascii) return { text: bytes.toString('latin1'), mended: false };
    const utf8 = asUtf8(bytes);
    if (utf8 !== null) return { text: utf8, mended: !/^utf-?8$/.test(label) };
    const western = /8859-15$/.test(label) ? 'iso-8859-15' : 'windows-1252';
    return { text: mixed(bytes, western), mended: !/1252|8859|latin/.test(label) };
  }
  const text = decodeWith(bytes, label);
  if (text !== null) return { text, mended: false };
  return { text: asUtf8(bytes) ?? mixed(bytes, 'windows-1252'), mended: true };
}

/** Whether the name is one that `decodeCharset` can use. */
export function isKnownCharset(name: string): boolean {
  const label = cleanLabel(name);
  return label === 'iso-2022-jp' || iconv.encodingExists(aliases[label] ?? label);
}

function cleanLabel(declared: string | null): string {
  return (declared ?? '')
    .toLowerCase()
    .replace(/["'\s]/g, '')
    .replace(/^(?:cs|charset=)/, '')
    .replace(/\*.*$/, '');
}

function isWestern(label: string): boolean {
  return saysNothing.test(label) || /^(?:windows-?1252|cp-?1252|iso-?8859-?15?|latin-?1)$/.test(label);
}

function decodeWith(bytes: Buffer, label: string): string | null {
  const name = aliases[label] ?? label;
  // iconv-lite lacks the stateful ISO 2022 family; the platform has it.
  const platform = /^iso-2022-jp/.test(name) ? 'iso-2022-jp' : null;
  try {
    if (platform) return new TextDecoder(platform).decode(bytes);
    return iconv.encodingExists(name) ? iconv.decode(bytes, name) : new TextDecoder(name).decode(bytes);
  } catch {
    return null;
  }
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return asUtf8(bytes.subarray(3));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return iconv.decode(bytes.subarray(2), 'utf-16be');
  return null;
}

function asUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const utf8Sequence =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\x80-\xff]/g;

/** A text of which some is UTF-8 and some is not, as when a damaged or a quoted piece is among it: no byte is lost. */
function mixed(bytes: Buffer, otherwise: string): string {
  return bytes.toString('latin1').replace(utf8Sequence, (sequence) => {
    const piece = Buffer.from(sequence, 'latin1');
    return sequence.length > 1 ? piece.toString('utf8') : iconv.decode(piece, otherwise);
  });
}

function isAscii(bytes: Buffer): boolean {
  return !bytes.some((byte) => byte > 0x7f);
}
