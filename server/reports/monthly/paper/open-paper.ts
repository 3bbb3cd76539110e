import PDFDocument from 'pdfkit';
import { legibleOn, mix, textOn } from '../../../contract/contrast.ts';
import type { Locale } from '../../../contract/errors.ts';
import { loadFont } from './load-font.ts';

/** Letter, which Mexico prints on. Points. */
export const PAGE = { width: 612, height: 792, margin: 50, foot: 46 } as const;
export const CONTENT_WIDTH = PAGE.width - 2 * PAGE.margin;

export interface Look {
  accent: string;
  /** Read on the accent. */
  onAccent: string;
  /** The accent as text on white. */
  accentText: string;
  /** What is compared with, and what lies behind. */
  behind: string;
  soft: string;
  text: string;
  grey: string;
  line: string;
  better: string;
  worse: string;
}

interface Style {
  x?: number;
  y?: number;
  width?: number;
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'right' | 'center';
  /** One line, cut off with an ellipsis where it does not fit. */
  oneLine?: boolean;
}

/** A tagged document (PDF/UA) in the making, written from top to bottom; `y` is where the next thing stands. */
export interface Paper {
  doc: PDFKit.PDFDocument;
  look: Look;
  y: number;
  /** Text of one kind (`H1`, `P`, …). Without a `y` it stands where the paper is, and moves it on. @returns its height */
  say(tag: string, text: string, style?: Style): number;
  /** A drawing, with what it shows in words. */
  figure(alt: string, draw: () => void): void;
  /** What only decorates. */
  decorate(draw: () => void): void;
  /** Text of a drawing, or of a decoration. */
  write(text: string, style: Style & { x: number; y: number }): void;
  heightOf(text: string, style: Pick<Style, 'size' | 'bold' | 'width'>): number;
  /** So much has to fit on this page; else the next one begins. */
  room(height: number): void;
  finish(foot: (page: number, pages: number) => string): Promise<Buffer>;
}

const LANGUAGES: Record<Locale, string> = { es: 'es-MX', en: 'en-US' };
const LINE_GAP = 2;

/** @param about what its properties say */
export function openPaper(
  accent: string,
  locale: Locale,
  about: { title: string; author: string; subject: string; at: Date },
): Paper {
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    // Pages are turned by `room`, never in the middle of a line.
    margins: { top: PAGE.margin, left: PAGE.margin, right: PAGE.margin, bottom: 0 },
    bufferPages: true,
    pdfVersion: '1.7',
    // This and a font from memory are known to the library, not yet to its types.
    subset: 'PDF/UA' as never,
    tagged: true,
    displayTitle: true,
    lang: LANGUAGES[locale],
    font: loadFont('Regular') as never,
    info: { Title: about.title, Author: about.author, Subject: about.subject, CreationDate: about.at },
  });
  doc.registerFont('regular', loadFont('Regular')).registerFont('bold', loadFont('Medium'));
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const root = doc.struct('Document');
  doc.addStructure(root);

  const prepare = ({ size = 10, bold = false, colour = look.text }: Style) =>
    doc
      .font(bold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(colour);
  const options = ({ width = CONTENT_WIDTH, align = 'left', oneLine = false, size = 10 }: Style) => ({
    width,
    align,
    lineGap: LINE_GAP,
    ...(oneLine ? { height: size * 1.2, ellipsis: true } : {}),
  });
  const look: Look = {
    accent,
    onAccent: textOn(accent),
    accentText: legibleOn(accent, '#ffffff'),
    behind: '#8b95a3',
    soft: mix(accent, '#ffffff', 0.9),
    text: '#1c2430',
    grey: '#55606e',
    line: '#d9dee5',
    better: '#15703c',
    worse: '#b42318',
  };

  const paper: Paper = {
    doc,
    look,
    y: PAGE.margin,
    say(tag, text, style = {}) {
      const { x = PAGE.margin, y = paper.y } = style;
      prepare(style);
      const height = style.oneLine ? (style.size ?? 10) * 1.2 : doc.heightOfString(text, options(style));
      root.add(doc.struct(tag, {}, () => void doc.text(text, x, y, options(style))));
      if (style.y === undefined) paper.y += height;
      return height;
    },
    figure(alt, draw) {
      root.add(doc.struct('Figure', { alt }, draw));
    },
    decorate(draw) {
      doc.markContent('Artifact', { type: 'Layout' });
      draw();
      doc.endMarkedContent();
    },
    write(text, style) {
      prepare(style).text(text, style.x, style.y, options(style));
    },
    heightOf(text, style) {
      prepare(style);
      return doc.heightOfString(text, options(style));
    },
    room(height) {
      if (paper.y + height <= PAGE.height - PAGE.foot) return;
      doc.addPage();
      paper.y = PAGE.margin;
    },
    finish(foot) {
      const { start, count } = doc.bufferedPageRange();
      for (let page = start; page < start + count; page += 1) {
        doc.switchToPage(page);
        doc.markContent('Artifact', { type: 'Pagination' });
        paper.write(foot(page + 1, count), {
          x: PAGE.margin,
          y: PAGE.height - PAGE.foot + 18,
          size: 8,
          colour: look.grey,
        });
        doc.endMarkedContent();
      }
      root.end();
      return new Promise((resolve, reject) => {
        doc.on('end', () => resolve(Buffer.concat(chunks)));
        doc.on('error', reject);
        doc.end();
      });
    },
  };
  return paper;
}
