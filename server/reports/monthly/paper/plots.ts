import type { Shown } from '../../../contract/report-table.ts';
import { CONTENT_WIDTH, PAGE, type Paper } from './open-paper.ts';

export interface TimePlot {
  alt: string;
  labels: readonly string[];
  values: readonly Shown[];
  before: readonly Shown[];
  legend: { now: string; before: string };
  format(value: number): string;
  /** Where the axis ends, should it be known. */
  most?: number;
  height: number;
}

const AXIS_WIDTH = 40;
const LINES = 4;
const LABEL_SIZE = 7.5;

/** Columns by day, with the period before as a line; shares as two lines. */
export function drawInTime(paper: Paper, plot: TimePlot, kind: 'columns' | 'line'): void {
  const { doc, look } = paper;
  const { labels, values, before, height } = plot;
  const legendHeight = 16;
  paper.room(height + 30);
  const top = paper.y + legendHeight;
  const bottom = paper.y + height - 14;
  const left = PAGE.margin + AXIS_WIDTH;
  const width = CONTENT_WIDTH - AXIS_WIDTH;
  const most = plot.most ?? niceMost([...values, ...before]);
  const step = width / Math.max(1, labels.length);
  const xOf = (index: number) => left + step * (index + 0.5);
  const yOf = (value: number) => bottom - ((bottom - top) * value) / most;

  paper.figure(plot.alt, () => {
    drawLegend(paper, plot.legend, kind);
    for (let line = 0; line <= LINES; line += 1) {
      const value = (most * line) / LINES;
      doc
        .lineWidth(0.5)
        .moveTo(left, yOf(value))
        .lineTo(left + width, yOf(value))
        .stroke(look.line);
      paper.write(plot.format(value), {
        x: PAGE.margin,
        y: yOf(value) - 5,
        width: AXIS_WIDTH - 6,
        size: LABEL_SIZE,
        colour: look.grey,
        align: 'right',
      });
    }
    const every = Math.ceil(labels.length / 8);
    for (const [index, label] of labels.entries()) {
      if (index % every !== 0) continue;
      paper.write(label, {
        x: xOf(index) - 40,
        y: bottom + 4,
        width: 80,
        size: LABEL_SIZE,
        colour: look.grey,
        align: 'center',
      });
    }
    if (kind === 'columns') {
      for (const [index, value] of values.entries()) {
        if (!value) continue;
        doc.rect(xOf(index) - step * 0.36, yOf(value), step * 0.72, bottom - yOf(value)).fill(look.accent);
      }
    }
    doc.dash(2.5, { space: 2 }).lineWidth(1.1);
    drawLine(doc, before.slice(0, labels.length), xOf, yOf, look.behind);
    doc.undash();
    if (kind === 'line') {
      doc.lineWidth(2).lineJoin('round');
      drawLine(doc, values, xOf, yOf, look.accent);
    }
  });
  paper.y += height + 6;
}

/** A line with a gap where nothing is known. */
function drawLine(
  doc: PDFKit.PDFDocument,
  values: readonly Shown[],
  xOf: (index: number) => number,
  yOf: (value: number) => number,
  colour: string,
): void {
  let drawing = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    if (drawing) doc.lineTo(xOf(index), yOf(value));
    else doc.moveTo(xOf(index), yOf(value));
    drawing = true;
  }
  doc.stroke(colour);
}

function drawLegend(paper: Paper, { now, before }: TimePlot['legend'], kind: 'columns' | 'line'): void {
  const { doc, look } = paper;
  const y = paper.y + 3;
  const x = PAGE.margin + AXIS_WIDTH;
  if (kind === 'columns') doc.rect(x, y + 1, 8, 7).fill(look.accent);
  else
    doc
      .lineWidth(2)
      .moveTo(x, y + 4.5)
      .lineTo(x + 12, y + 4.5)
      .stroke(look.accent);
  paper.write(now, { x: x + 16, y, width: 110, size: 8, colour: look.grey });
  doc
    .dash(2.5, { space: 2 })
    .lineWidth(1.1)
    .moveTo(x + 130, y + 4.5)
    .lineTo(x + 146, y + 4.5)
    .stroke(look.behind)
    .undash();
  paper.write(before, { x: x + 151, y, width: 160, size: 8, colour: look.grey });
}

export interface Bar {
  label: string;
  value: Shown;
  /** What stands behind its bar. */
  text: string;
  before: Shown;
}

const ROW = 19;
const LABEL_WIDTH = 168;
const TEXT_WIDTH = 118;

/** Bars beside their names, each with its number; a mark where it was before. */
export function drawBars(paper: Paper, alt: string, bars: readonly Bar[], most?: number): void {
  const { doc, look } = paper;
  const height = bars.length * ROW + 6;
  paper.room(height);
  const longest = most ?? Math.max(1, ...bars.map(({ value, before }) => Math.max(value ?? 0, before ?? 0)));
  const left = PAGE.margin + LABEL_WIDTH + 10;
  const width = CONTENT_WIDTH - LABEL_WIDTH - TEXT_WIDTH - 20;
  paper.figure(alt, () => {
    for (const [index, { label, value, text, before }] of bars.entries()) {
      const y = paper.y + index * ROW;
      paper.write(label, { x: PAGE.margin, y: y + 3, width: LABEL_WIDTH, size: 9.5, oneLine: true });
      doc.rect(left, y + 2, width, 12).fill(look.soft);
      if (value) doc.rect(left, y + 2, (width * value) / longest, 12).fill(look.accent);
      if (before !== null) {
        const x = left + (width * Math.min(before, longest)) / longest;
        doc
          .lineWidth(1.4)
          .moveTo(x, y)
          .lineTo(x, y + 16)
          .stroke(look.text);
      }
      paper.write(text, { x: left + width + 10, y: y + 3, width: TEXT_WIDTH, size: 9.5, oneLine: true });
    }
  });
  paper.y += height;
}

/** A round number that everything fits under. */
function niceMost(values: readonly Shown[]): number {
  const most = Math.max(4, ...values.map((value) => value ?? 0));
  const scale = 10 ** Math.floor(Math.log10(most));
  const nice = [1, 2, 4, 6, 8, 10].find((each) => each * scale >= most) ?? 10;
  return Math.max(4, nice * scale);
}
