import { html, type TemplateResult } from 'lit';

const LINKS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+\.[\w.-]*\w)|\b(911|079)\b/g;

/**
 * Text with its addresses as links. `callable` makes the emergency numbers ones to tap: right in what the city says,
 * wrong in a street number that a resident wrote.
 */
export function richText(text: string, callable: boolean): (string | TemplateResult)[] {
  const pieces: (string | TemplateResult)[] = [];
  let done = 0;
  for (const match of text.matchAll(LINKS)) {
    const [found, web, mail] = match;
    if (!web && !mail && !callable) continue;
    const href = web ?? (mail ? `mailto:${mail}` : `tel:${found}`);
    pieces.push(text.slice(done, match.index));
    pieces.push(html`<a href=${href} target=${web ? '_blank' : '_self'} rel="noopener noreferrer">${found}</a>`);
    done = match.index + found.length;
  }
  return [...pieces, text.slice(done)];
}

/** The little Markdown a city writes its notices in: headings, paragraphs, lists and bold. */
export function noticeText(markdown: string): TemplateResult[] {
  return markdown
    .trim()
    .split(/\n\s*\n/)
    .map((block) => {
      const heading = /^#+\s+(.*)/.exec(block);
      if (heading) return html`<h3>${heading[1]}</h3>`;
      const items = block.split('\n').filter((line) => line.startsWith('- '));
      if (items.length > 0) return html`<ul>${items.map((item) => html`<li>${bold(item.slice(2))}</li>`)}</ul>`;
      return html`<p>${bold(block)}</p>`;
    });
}

function bold(text: string): (string | TemplateResult)[] {
  return text.split('**').map((piece, index) => (index % 2 === 1 ? html`<strong>${piece}</strong>` : piece));
}
