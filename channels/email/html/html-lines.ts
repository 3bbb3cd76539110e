import { type AnyNode, type Element, isTag, isText } from 'domhandler';
import { parseDocument } from 'htmlparser2';
import type { Hint, Line } from '../authorship/line.ts';
import { hintOf } from './client-structure.ts';

const unseen = new Set([
  'style',
  'script',
  'head',
  'title',
  'template',
  'noscript',
  'object',
  'svg',
  'select',
  'textarea',
]);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'dl', 'pre']);
const blocks = new Set([
  ...['div', 'blockquote', 'li', 'tr', 'table', 'tbody', 'thead', 'section', 'article', 'header', 'footer', 'center'],
  ...[
    'address',
    'dt',
    'dd',
    'form',
    'fieldset',
    'figure',
    'figcaption',
    'main',
    'nav',
    'aside',
    'caption',
    'body',
    'html',
  ],
  ...paragraphs,
]);
const weightiest: Hint[] = ['quote', 'signature', 'attribution', 'indent'];
const emojiOnly = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u200d\ufe0f\u{1f1e6}-\u{1f1ff}])+$/u;

/**
 * The lines that a reader sees in an HTML mail, each with what its structure says of it. Paragraphs, lists and rows
 * stay apart; an address behind other words follows them. Iterative, because a hostile mail nests without end.
 */
export function htmlLines(html: string): Line[] {
  const page = new Page();
  const steps: (AnyNode | (() => void))[] = [parseDocument(html)];
  for (let step = steps.pop(); step; step = steps.pop()) {
    if (typeof step === 'function') step();
    else if (isText(step)) page.write(step.data);
    else if ('children' in step) {
      const leave = isTag(step) ? enter(page, step) : () => undefined;
      if (!leave) continue;
      steps.push(leave);
      for (let child = step.lastChild; child; child = child.prev) steps.push(child);
    }
  }
  page.endLine();
  return page.lines;
}

/** Opens an element; returns what closes it, or null when its content is not shown. */
function enter(page: Page, element: Element): (() => void) | null {
  const { name } = element;
  if (unseen.has(name) || isHidden(element)) return null;
  if (name === 'br') page.breakLine();
  else if (name === 'hr') page.rule();
  else if (name === 'img') page.write(emoji(element));
  const block = blocks.has(name);
  const spaced = isParagraph(page, element);
  if (block) page.startBlock(spaced);
  const hint = hintOf(element);
  page.enter(name, hint, element.attribs.start);
  if (name === 'li') page.writeBullet();
  return () => {
    if (name === 'a') page.write(target(element, page.currentLine()));
    else if (name === 'td' || name === 'th') page.write(' ');
    if (block) page.startBlock(spaced);
    page.leave(name, hint);
  };
}

/** Outlook's paragraphs have no margins: it puts empty ones between. A list within a list stays close to it. */
function isParagraph(page: Page, { name, attribs }: Element): boolean {
  if (name === 'ul' || name === 'ol') return !page.isInList();
  return paragraphs.has(name) && !/\bMsoNormal\b|\bMsoListParagraph/.test(attribs.class ?? '');
}

function isHidden({ attribs }: Element): boolean {
  return /display\s*:\s*none|mso-hide\s*:\s*all/i.test(attribs.style ?? '');
}

function emoji({ attribs }: Element): string {
  const alt = attribs['data-emoji'] ?? attribs.alt ?? '';
  return emojiOnly.test(alt) ? alt : '';
}

/** Where a link leads, when its words do not say so. */
function target({ attribs }: Element, line: string): string {
  const href = (attribs.href ?? '').trim();
  if (!/^https?:\/\//i.test(href) || href.length > 500) return '';
  const shown = (text: string) => text.replace(/^https?:\/\/|^www\.|\/$/gi, '').toLowerCase();
  return line.toLowerCase().includes(shown(href).slice(0, 60)) ? '' : ` <${href}>`;
}

/** A page being written, line by line. */
class Page {
  readonly lines: Line[] = [];
  private line = '';
  private lineHint: Hint | null = null;
  private lineDepth = 0;
  private empty = true;
  private wantsGap = false;
  private restNext = false;
  private pre = 0;
  private readonly open: Record<Hint, number> = { quote: 0, signature: 0, attribution: 0, rest: 0, indent: 0 };
  private readonly lists: (number | null)[] = [];

  write(text: string): void {
    const clean = this.pre > 0 ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
    if (this.pre > 0 && clean.includes('\n')) {
      const [first = '', ...more] = clean.split('\n');
      this.append(first);
      for (const next of more) {
        this.breakLine();
        this.append(next);
      }
      return;
    }
    this.append(this.line === '' && this.pre === 0 ? clean.replace(/^ /, '') : clean);
  }

  /** What stands on the line so far. */
  currentLine(): string {
    return this.line;
  }

  breakLine(): void {
    this.push(this.line);
  }

  endLine(): void {
    // A hard space alone makes an empty line; plain space makes none.
    if (/[^ ]/.test(this.line)) this.push(this.line);
    this.reset();
  }

  startBlock(spaced: boolean): void {
    this.endLine();
    if (spaced) this.wantsGap = true;
  }

  rule(): void {
    this.endLine();
    this.wantsGap = true;
  }

  enter(name: string, hint: Hint | null, start: string | undefined): void {
    if (name === 'pre') this.pre++;
    if (name === 'ul') this.lists.push(null);
    if (name === 'ol') this.lists.push(Number.parseInt(start ?? '1', 10) || 1);
    if (hint === 'rest') this.restNext = true;
    if (hint) this.open[hint]++;
  }

  leave(name: string, hint: Hint | null): void {
    if (name === 'pre') this.pre--;
    if (name === 'ul' || name === 'ol') this.lists.pop();
    if (hint) this.open[hint]--;
  }

  isInList(): boolean {
    return this.lists.length > 0;
  }

  writeBullet(): void {
    const at = this.lists.length - 1;
    const number = this.lists[at];
    const indent = '  '.repeat(Math.min(Math.max(at, 0), 6));
    if (typeof number === 'number') this.lists[at] = number + 1;
    this.append(`${indent}${typeof number === 'number' ? `${number}.` : '-'} `);
  }

  private append(text: string): void {
    if (!text) return;
    if (this.empty && text.trim()) {
      this.empty = false;
      this.lineHint = weightiest.find((hint) => this.open[hint] > 0) ?? null;
      this.lineDepth = this.open.quote;
    }
    this.line += text;
  }

  private push(line: string): void {
    const spaced = this.pre > 0 ? line : line.replace(/(?<=\S) {2,}(?=\S)/g, ' ');
    const words = spaced.replaceAll('\u00a0', ' ').trimEnd();
    const last = this.lines.at(-1);
    if (this.wantsGap && words && last && last.text !== '') this.add('', last.hint, 0);
    if (words) this.wantsGap = false;
    const hint = this.empty ? (weightiest.find((name) => this.open[name] > 0) ?? null) : this.lineHint;
    this.add(words, words && this.restNext && hint !== 'quote' ? 'rest' : hint, this.lineDepth);
    if (words) this.restNext = false;
    this.reset();
  }

  private add(text: string, hint: Hint | null, depth: number): void {
    this.lines.push({ text, role: 'own', hint, depth });
  }

  private reset(): void {
    this.line = '';
    this.empty = true;
    this.lineDepth = this.open.quote;
  }
}
