const SENTENCE_END = /[.!?…][\p{Pe}\p{Pf}"'*_~]*(?=\s)/gu;
const LINE_END = /\n/g;
const WORD_END = /\s/g;

/** What is left too short at the front of a cut would look torn off: better the next kind of end. */
const LEAST_SHARE = 1 / 4;

/**
 * A text in pieces that are no longer than `length`, in UTF-16 units: cut where a sentence ends, else a line, else a
 * word, and never through a character. An address of the web is one word; only one longer than `length` is cut.
 */
export function splitText(text: string, length: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > length) {
    const cut = whereToCut(rest, length);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest ? [...pieces, rest] : pieces;
}

function whereToCut(text: string, length: number): number {
  // One more than fits, so that an end just behind the last that does is seen.
  const head = text.slice(0, length + 1);
  return (
    lastEnd(head, SENTENCE_END, length, length * LEAST_SHARE) ??
    lastEnd(head, LINE_END, length, length * LEAST_SHARE) ??
    lastEnd(head, WORD_END, length, 1) ??
    wholeCharacters(text, length)
  );
}

/** Where the last such end stands, unless it would leave too little in front of it. */
function lastEnd(head: string, ends: RegExp, length: number, least: number): number | undefined {
  const isBlank = ends !== SENTENCE_END;
  return [...head.matchAll(ends)]
    .map((match) => match.index + (isBlank ? 0 : match[0].length))
    .findLast((end) => end >= least && end <= length);
}

/** As many characters as a reader sees them that fit; half of one where not even one does. */
function wholeCharacters(text: string, length: number): number {
  const seen = new Intl.Segmenter('es', { granularity: 'grapheme' }).segment(text.slice(0, length + MOST_UNITS));
  let end = 0;
  for (const { index, segment } of seen) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  const isHalf = /[\ud800-\udbff]$/.test(text.slice(0, length));
  return isHalf && length > 1 ? length - 1 : length;
}

/** No character that people use has more; a flag or a family of four has eleven at most. */
const MOST_UNITS = 64;
