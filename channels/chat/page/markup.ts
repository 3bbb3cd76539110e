/** HTML that is safe to put into a page. Made by `markup` only. */
export interface Markup {
  readonly html: string;
}

type Value = string | number | Markup | readonly Markup[] | null;

/** A template of HTML: what is put into it is escaped, unless it is markup itself; null leaves nothing. */
export function markup(pieces: TemplateStringsArray, ...values: Value[]): Markup {
  return { html: String.raw({ raw: pieces }, ...values.map(toHtml)) };
}

/** HTML from a trusted source, such as a Markdown renderer that escapes. */
export function trusted(html: string): Markup {
  return { html };
}

function toHtml(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'html' in value ? value.html : value.map(({ html }) => html).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
