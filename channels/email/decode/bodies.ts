import { flattenHtml } from '../html/flatten-html.ts';
import { bounds } from './bounds.ts';
import { decodeCharset } from './charset.ts';
import { unflow } from './flowed.ts';
import type { Notice } from './problems.ts';
import type { Leaf } from './read-leaves.ts';

/** The same words as plain text, as HTML, or as both. */
export interface Body {
  plain: string | null;
  html: string | null;
}

export interface SortedLeaves {
  bodies: Body[];
  /** Everything that is not shown as the mail's text, in order. */
  files: Leaf[];
}

/** Tells what is to be read from what is attached, and which of the texts are two forms of one. */
export function sortLeaves(leaves: Leaf[], notice: Notice): SortedLeaves {
  const bodies: { alternative: number | null; body: Body }[] = [];
  const files: Leaf[] = [];
  for (const leaf of leaves) {
    const form = formOf(leaf);
    if (form === 'unseen') continue;
    if (!form || isFile(leaf, bodies.length > 0)) {
      files.push(leaf);
      continue;
    }
    const text = readText(leaf, form, notice);
    const alternative = leaf.within.findLast(({ type }) => type === 'multipart/alternative')?.id ?? null;
    const twin = bodies.find((other) => alternative !== null && other.alternative === alternative);
    if (twin)
      twin.body[form] = [twin.body[form], text].filter((part) => part !== null).join(form === 'html' ? '<br>' : '\n');
    else if (text.trim()) bodies.push({ alternative, body: { plain: null, html: null, [form]: text } });
  }
  return { bodies: bodies.map(({ body }) => body), files };
}

/** How a part is to be read. `unseen`: a third form of the same words, for programs that can do more with it. */
function formOf({ type }: Leaf): keyof Body | 'unseen' | null {
  if (type === 'text/html') return 'html';
  if (/^text(?:\/(?:plain|markdown|x-markdown|enriched|richtext))?$/.test(type)) return 'plain';
  return /^text\/(?:x-amp-html|watch-html)$/.test(type) ? 'unseen' : null;
}

/** A text with a name that is not the first one is a file, even when its sender says `inline`. */
function isFile(leaf: Leaf, hasBody: boolean): boolean {
  if (leaf.disposition && leaf.disposition !== 'inline') return true;
  return leaf.filename !== null && (hasBody || leaf.disposition === 'inline');
}

function readText(leaf: Leaf, form: keyof Body, notice: Notice): string {
  const label = leaf.charset ?? (form === 'html' ? metaCharset(leaf.content) : null);
  // A character is at most four bytes: nothing beyond can be within the bound.
  const { text, mended } = decodeCharset(leaf.content.subarray(0, bounds.textLength * 4), label);
  if (mended) notice('charset_mended');
  if (text.includes('\0')) notice('null_bytes');
  const clean = text.replaceAll('\0', '').replace(/\r\n?/g, '\n');
  if (clean.length > bounds.textLength || leaf.content.length > bounds.textLength * 4) notice('text_cut');
  const cut = clean.slice(0, bounds.textLength);
  if (form === 'html') return flattenHtml(cut);
  return leaf.flowed ? unflow(cut, leaf.delSp) : cut;
}

function metaCharset(html: Buffer): string | null {
  const start = html.subarray(0, 2_048).toString('latin1');
  return /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(start)?.[1] ?? null;
}
