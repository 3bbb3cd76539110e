/** What ends a sentence already. */
const ENDED = /[.!?…:;,]["»”)]?$/;

/** Markdown as sentences: no marks, a list item a sentence, pictures and comments left out. Links keep their words. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, (_, words: string, address: string) => words || address)
    .split(/\n/)
    .map(withoutMarks)
    .filter((line) => line !== '')
    .map((line) => (ENDED.test(line) ? line : `${line}.`))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutMarks(line: string): string {
  return line
    .replace(/^\s*(?:#{1,6}|>+|[-*+•·]|\d{1,2}[.)])\s+/, '')
    .replace(/^\s*(?:[-*_]\s*){3,}$|^\s*\|?[\s:|-]{3,}\|?\s*$/, '')
    .replace(/^\s*\||\|\s*$/g, '')
    .replace(/\s*\|\s*/g, ', ')
    .replace(/(\*\*|__|~~)(?=\S)(.+?)\1/g, '$2')
    .replace(/(?<![\p{L}\d_*])([*_])(?=\S)(.+?)\1(?![\p{L}\d_*])/gu, '$2')
    .replace(/`+([^`]*)`+/g, '$1')
    .replace(/\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200d\ufe0f\u20e3]/gu, '')
    .trim();
}
