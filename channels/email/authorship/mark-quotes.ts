import { attributionAt } from './attributions.ts';
import { asksToReplyAbove, isForwardDivider, isOriginalDivider, isRule } from './dividers.ts';
import { headerBlockEnd } from './header-blocks.ts';
import { isBlank, type Line, nextWords } from './line.ts';

/** No reply is longer; what a hostile mail puts below stays as it is. */
const mostLines = 20_000;

/**
 * Gives every line its role as far as quotes and forwarded mails go. What stands below words that announce a quote is
 * quoted: the lines with a quote mark where there are any, else all the rest. What a person forwards is theirs to say
 * and stays.
 */
export function markQuotes(lines: Line[], forwarded: boolean): void {
  for (const line of lines) {
    if (line.hint === 'quote') line.role = 'quote';
    else if (line.hint === 'attribution') line.role = 'attribution';
  }
  for (let at = 0; at < Math.min(lines.length, mostLines); ) at = markFrom(lines, at, forwarded);
}

/** Marks what begins at this line; returns the line to go on with. */
function markFrom(lines: Line[], at: number, forwarded: boolean): number {
  const line = lines[at];
  if (!line || isBlank(line)) return at + 1;
  if (opensForward(lines, at) || (line.role === 'quote' && forwarded)) return passOn(lines, at);
  if (line.role === 'quote') dropRules(lines, at);
  if (line.role !== 'own') return at + 1;
  const marker = markerAt(lines, at);
  if (!marker) return at + 1;
  if (forwarded) return passOn(lines, at);
  const next = lines[nextWords(lines, marker.end)];
  const marked = next?.role === 'quote' || next?.hint === 'indent';
  if (!marked && !marker.sure) return at + 1;
  dropRules(lines, at);
  setRole(lines, at, marker.end, 'attribution', ['own', 'quote']);
  if (marked) {
    if (next.hint === 'indent') quoteIndented(lines, marker.end + 1);
    return marker.end + 1;
  }
  setRole(lines, marker.end + 1, lines.length - 1, 'quote');
  return lines.length;
}

/** What announces a quote at this line, whoever wrote it. */
function markerAt(lines: Line[], at: number): { end: number; sure: boolean } | null {
  const line = lines[at];
  if (!line) return null;
  const block = headerBlockEnd(lines, at);
  if (block !== null) return { end: block, sure: true };
  if (line.hint === 'rest' || asksToReplyAbove(line)) return { end: at, sure: true };
  const next = nextWords(lines, at);
  const headers = next < 0 ? null : headerBlockEnd(lines, next, true);
  if (isOriginalDivider(line, headers !== null)) return { end: headers ?? at, sure: true };
  if (headers !== null && isRule(line)) return { end: headers, sure: true };
  return attributionAt(lines, at);
}

/** A quoted mail's first lines may be the divider of a forward: some programs quote what they forward. */
function opensForward(lines: Line[], at: number): boolean {
  const line = lines[at];
  if (!line) return false;
  if (line.role === 'attribution' && /^-{5,}/.test(line.text)) return true;
  if (!isForwardDivider(line)) return false;
  if (line.role !== 'quote') return true;
  const before = lines.slice(0, at).findLast((other) => !isBlank(other));
  return line.hint === 'quote' && before?.role !== 'quote';
}

function passOn(lines: Line[], from: number): number {
  setRole(lines, from, lines.length - 1, 'forward', ['own', 'quote', 'attribution']);
  return lines.length;
}

/** A rule drawn above a quote, or above words that announce one, belongs to it. */
function dropRules(lines: Line[], at: number): void {
  for (let above = at - 1; above >= 0; above--) {
    const line = lines[above];
    if (!line || (!isBlank(line) && !isRule(line))) return;
    if (!isBlank(line)) line.role = 'attribution';
  }
}

function quoteIndented(lines: Line[], from: number): void {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (!line || (!isBlank(line) && line.hint !== 'indent')) return;
    line.role = 'quote';
  }
}

function setRole(lines: Line[], from: number, to: number, role: Line['role'], over: Line['role'][] = ['own']): void {
  for (const line of lines.slice(from, to + 1)) if (over.includes(line.role)) line.role = role;
}
