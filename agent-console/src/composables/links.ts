export interface TextSegment {
  text: string;
  /** Present when the segment is a link that is safe to follow. */
  href?: string;
}

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"']+/gi;
/** Punctuation that ends a sentence rather than an address; a closing bracket only when it was not opened inside. */
const TRAILING = /[.,;:!?»”'"]+$/;

function trimmed(match: string): string {
  const text = match.replace(TRAILING, '');
  return text.endsWith(')') && !text.includes('(') ? text.slice(0, -1).replace(TRAILING, '') : text;
}

/** A text cut into plain pieces and web addresses. Only http and https ever become links. */
export function segments(text: string): TextSegment[] {
  const result: TextSegment[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trimmed(match[0]);
    if (match.index > from) result.push({ text: text.slice(from, match.index) });
    result.push({ text: address, href: address.startsWith('www.') ? `https://${address}` : address });
    from = match.index + address.length;
  }
  if (from < text.length) result.push({ text: text.slice(from) });
  return result;
}
