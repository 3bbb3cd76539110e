import { joinLines, type Line } from './line.ts';
import { markQuotes } from './mark-quotes.ts';
import { markSignatures } from './mark-signatures.ts';

export interface Authored {
  /** What the person wrote. Empty only when there is nothing to read at all. */
  text: string;
  fullText: string;
  signature: string | null;
}

export interface AuthorshipContext {
  /** The mail passes on another one, by its subject. */
  forwarded: boolean;
  senderName: string | null;
}

/**
 * Tells what the person wrote from what their program and their office added. In doubt a line is kept; when nothing
 * would be left, everything is.
 */
export function authoredText(lines: Line[], { forwarded, senderName }: AuthorshipContext): Authored {
  markQuotes(lines, forwarded);
  markSignatures(lines, senderName);
  const fullText = joinLines(lines.map(({ text, depth }) => `${'> '.repeat(Math.min(depth, 5))}${text}`));
  const text = textOf(lines, ['own', 'forward']);
  if (text) return { text, fullText, signature: textOf(lines, ['signature']) || null };
  return { text: textOf(lines, ['signature']) || fullText, fullText, signature: null };
}

function textOf(lines: Line[], roles: Line['role'][]): string {
  const kept: string[] = [];
  let gap = false;
  for (const { role, text } of lines) {
    if (!roles.includes(role)) {
      gap = true;
      continue;
    }
    // Answers between quotes are paragraphs of their own.
    if (gap && kept.length > 0) kept.push('');
    gap = false;
    kept.push(text);
  }
  return joinLines(kept);
}
