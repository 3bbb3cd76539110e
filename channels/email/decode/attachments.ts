import { fileTypeFromBuffer } from 'file-type';
import type { MailAttachment } from '../decoded-email.ts';
import { flattenHtml } from '../html/flatten-html.ts';
import { bounds } from './bounds.ts';
import { fileName, rereadName } from './file-names.ts';
import type { Notice } from './problems.ts';
import type { Leaf } from './read-leaves.ts';
import { readTnef } from './tnef.ts';

export interface FoundFile {
  name: string | null;
  type: string;
  cid: string | null;
  inline: boolean;
  content: Buffer;
}

export interface UnpackedFiles {
  files: FoundFile[];
  /** Texts that travelled inside a winmail.dat. */
  plain: string | null;
  html: string | null;
}

/** Opens the envelopes that Outlook puts around a mail's files, and leaves every other part as it is. */
export function unpack(leaves: Leaf[], notice: Notice): UnpackedFiles {
  const found: UnpackedFiles = { files: [], plain: null, html: null };
  for (const leaf of leaves) {
    const tnef = isTnef(leaf) ? readTnef(leaf.content) : null;
    if (isTnef(leaf) && !tnef) notice('attachment_unreadable');
    if (!tnef) {
      found.files.push(fromLeaf(leaf));
      continue;
    }
    found.plain ??= tnef.plain?.slice(0, bounds.textLength) ?? null;
    found.html ??= tnef.html === null ? null : flattenHtml(tnef.html.slice(0, bounds.textLength));
    found.files.push(...tnef.files.map((file) => ({ ...file, inline: false })));
  }
  return found;
}

/** Names and types that can be trusted. A file is inline when the HTML shows it (`cid:`). */
export function describeFiles(files: FoundFile[], html: string | null, notice: Notice): Promise<MailAttachment[]> {
  return Promise.all(
    files.map(async (file, at) => {
      const type = await realType(file);
      if (differs(type, file.type)) notice('attachment_type_differs');
      return {
        name: fileName(file.name, type, at + 1, notice),
        type,
        declaredType: file.type,
        size: file.content.length,
        cid: file.cid,
        inline: file.cid !== null && (html?.includes(`cid:${file.cid}`) ?? false),
        content: file.content,
      };
    }),
  );
}

function fromLeaf(leaf: Leaf): FoundFile {
  const unread = leaf.filename?.includes('\ufffd') ?? false;
  const name = unread ? (rereadName(leaf.headerLines) ?? leaf.filename) : leaf.filename;
  return { name, type: leaf.type, cid: leaf.cid, inline: leaf.disposition === 'inline', content: leaf.content };
}

function isTnef({ type, filename }: Leaf): boolean {
  return /^application\/(?:vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(filename ?? '');
}

async function realType({ type, content }: FoundFile): Promise<string> {
  const declared = /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream';
  if (declared.startsWith('message/') || declared === 'text/calendar') return declared;
  const found = await fileTypeFromBuffer(content.subarray(0, 64 * 1024)).catch(() => undefined);
  if (!found) return declared;
  // Office documents and their kin are containers: the declared name of what is inside says more.
  const container = /^application\/(?:zip|x-cfb|xml|gzip)$/.test(found.mime);
  return container && !declared.endsWith('/octet-stream') && declared.startsWith('application/')
    ? declared
    : found.mime;
}

function differs(real: string, declared: string): boolean {
  const family = (type: string) => type.split('/')[0];
  return real !== declared && !declared.endsWith('octet-stream') && family(real) !== family(declared);
}
