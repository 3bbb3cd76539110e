/**
 * What a line is: `own` was written by the sender, `forward` is a mail the sender passes on, the others are what is
 * shown only on request.
 */
export type Role = 'own' | 'forward' | 'quote' | 'attribution' | 'signature';

/**
 * What the structure of an HTML mail says about a line. `rest`: from here on everything is quoted; `indent`: set in,
 * which is a quote only below words that announce one.
 */
export type Hint = 'quote' | 'attribution' | 'signature' | 'rest' | 'indent';

export interface Line {
  /** As shown; a plain text's quote marks stay in it. */
  text: string;
  role: Role;
  hint: Hint | null;
  /** How deep an HTML mail quotes it: shown as `> ` in the full text. */
  depth: number;
}

/** A plain text as lines; those with a quote mark are quoted. */
export function plainLines(text: string): Line[] {
  return text.split('\n').map((line) => ({
    text: line,
    role: /^\s{0,3}>(?!From )/.test(line) ? 'quote' : 'own',
    hint: null,
    depth: 0,
  }));
}

export function isBlank({ text }: Line): boolean {
  return bare(text) === '';
}

/** A line's words: invisible characters gone, odd spaces and digits made usual, ends trimmed. */
export function bare(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .trim();
}

/** The index of the first line after `at` that is not empty, or -1. */
export function nextWords(lines: Line[], at: number): number {
  for (let next = at + 1; next < lines.length; next++) {
    const line = lines[next];
    if (line && !isBlank(line)) return next;
  }
  return -1;
}

/** Lines joined for a reader: no trailing spaces, at most one empty line in a row, none at the ends. */
export function joinLines(lines: string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '');
}

/** Words as alternatives of a regular expression, the longest first. */
export function alternatives(words: readonly string[]): string {
  const escaped = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return `(?:${escaped.join('|').replaceAll(' ', '\\s+')})`;
}
