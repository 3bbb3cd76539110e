import { bounds } from './bounds.ts';
import { decodeCharset } from './charset.ts';

/**
 * What Outlook hides in winmail.dat, by Microsoft's [MS-OXTNEF] and [MS-OXCMSG]: files and, when there is one, the
 * text. Attributes are read one after the other; what is damaged ends the reading, and what came before stays.
 */
export interface Tnef {
  files: { name: string | null; type: string; cid: string | null; content: Buffer }[];
  plain: string | null;
  html: string | null;
}

const signature = 0x223e9f78;
const attribute = { title: 0x8010, data: 0x800f, rendering: 0x9002, properties: 0x9005, message: 0x9003, body: 0x800c };
const property = {
  body: 0x1000,
  html: 0x1013,
  data: 0x3701,
  name: 0x3704,
  longName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
};

/** Null when the bytes are not a TNEF stream. */
export function readTnef(bytes: Buffer): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const found: Tnef = { files: [], plain: null, html: null };
  let total = 0;
  for (const { id, data } of attributes(bytes)) {
    const file = found.files.at(-1);
    if (id === attribute.rendering) {
      found.files.push({ name: null, type: 'application/octet-stream', cid: null, content: Buffer.alloc(0) });
    } else if (id === attribute.title && file) {
      file.name ??= narrow(data);
    } else if (id === attribute.data && file) {
      total += data.length;
      if (total > bounds.tnefBytes) break;
      file.content = data;
    } else if (id === attribute.properties && file) {
      for (const { tag, value } of properties(data)) {
        if (tag === property.longName) file.name = value.text;
        else if (tag === property.name) file.name ??= value.text;
        else if (tag === property.mimeType) file.type = value.text.toLowerCase();
        else if (tag === property.contentId) file.cid = value.text.replace(/^<|>$/g, '');
        else if (tag === property.data && file.content.length === 0) file.content = value.bytes.subarray(16);
      }
    } else if (id === attribute.body) {
      found.plain ??= narrow(data);
    } else if (id === attribute.message) {
      for (const { tag, value } of properties(data)) {
        if (tag === property.body) found.plain = value.text;
        else if (tag === property.html) found.html = decodeCharset(value.bytes, 'utf-8').text;
      }
    }
  }
  found.files = found.files.filter(({ content }) => content.length > 0);
  return found;
}

function* attributes(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  let at = 6;
  while (at + 11 <= bytes.length) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const end = at + 9 + length;
    if (end + 2 > bytes.length) return;
    yield { id, data: bytes.subarray(at + 9, end) };
    at = end + 2;
  }
}

interface PropertyValue {
  bytes: Buffer;
  text: string;
}

/** MAPI properties of one block. Sizes of the fixed types are by [MS-OXCDATA] 2.11.1. */
function* properties(data: Buffer): Generator<{ tag: number; value: PropertyValue }> {
  let at = 4;
  const fixed: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 };
  const padded = (length: number) => (length + 3) & ~3;
  try {
    for (let left = Math.min(data.readUInt32LE(0), 5_000); left > 0; left--) {
      const type = data.readUInt16LE(at);
      const tag = data.readUInt16LE(at + 2);
      at += 4;
      if (tag >= 0x8000) at = afterName(data, at, padded);
      const kind = type & 0xfff;
      const many = (type & 0x1000) !== 0;
      const variable = [13, 30, 31, 258].includes(kind);
      const count = many || variable ? data.readUInt32LE(at) : 1;
      if (many || variable) at += 4;
      for (let item = 0; item < count; item++) {
        const length = variable ? data.readUInt32LE(at) : fixed[kind];
        if (length === undefined) return;
        if (variable) at += 4;
        if (at + length > data.length) return;
        const bytes = data.subarray(at, at + length);
        yield { tag, value: { bytes, text: kind === 31 ? wide(bytes) : narrow(bytes) } };
        at += padded(length);
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function afterName(data: Buffer, from: number, padded: (length: number) => number): number {
  const byNumber = data.readUInt32LE(from + 16) === 0;
  return byNumber ? from + 24 : from + 24 + padded(data.readUInt32LE(from + 20));
}

function wide(bytes: Buffer): string {
  return bytes.toString('utf16le').replace(/\0+$/, '');
}

function narrow(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return decodeCharset(end < 0 ? bytes : bytes.subarray(0, end), 'windows-1252').text;
}
