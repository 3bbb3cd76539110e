import sanitize from 'sanitize-html';

const text = [
  'p',
  'div',
  'span',
  'br',
  'hr',
  'pre',
  'blockquote',
  'center',
  'address',
  'article',
  'section',
  'header',
  'footer',
];
const words = [
  'a',
  'b',
  'strong',
  'i',
  'em',
  'u',
  's',
  'strike',
  'del',
  'ins',
  'sub',
  'sup',
  'small',
  'big',
  'code',
  'font',
  'q',
  'cite',
  'abbr',
  'mark',
  'wbr',
];
const structure = [
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'img',
  'figure',
  'figcaption',
  'details',
  'summary',
];
const tables = ['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'];

const length = /^-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%|cm|mm|in)?$/;
const lengths = /^(?:(?:-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%|cm|mm|in)?|auto)\s*){1,4}$/;
const size = /^\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%|cm|mm|in)?$/;
const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,25}|(?:rgb|hsl)a?\([\d\s.,%/]{3,40}\))$/i;
const border = /^[\w#.,%()\s]{1,80}$/;

/** Properties that dress a text and cannot leave their place: no position, no address, no expression. */
const styles: Record<string, RegExp[]> = {
  color: [colour],
  'background-color': [colour],
  'font-family': [/^[\w\s,'"-]{1,200}$/],
  'font-size': [/^(?:\d{1,2}(?:\.\d{1,3})?(?:px|pt|em|rem|%)|(?:xx?-)?(?:small|large)|medium|smaller|larger)$/],
  'font-style': [/^(?:normal|italic|oblique)$/],
  'font-weight': [/^(?:normal|bold|bolder|lighter|[1-9]00)$/],
  'text-align': [/^(?:left|right|center|justify|start|end)$/],
  'text-decoration': [/^[a-z\s-]{1,40}$/],
  'text-transform': [/^[a-z]{1,20}$/],
  'text-indent': [length],
  'line-height': [/^(?:normal|\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?)$/],
  'white-space': [/^[a-z-]{1,20}$/],
  'vertical-align': [/^[a-z-]{1,20}$/],
  'list-style-type': [/^[a-z-]{1,30}$/],
  'border-collapse': [/^(?:collapse|separate)$/],
  direction: [/^(?:ltr|rtl)$/],
  width: [size],
  'max-width': [size],
  height: [size],
  padding: [lengths],
  margin: [/^(?:(?:\d{1,3}(?:\.\d{1,3})?(?:px|pt|em|rem|%|cm|mm|in)?|auto)\s*){1,4}$/],
  'margin-left': [size],
  'padding-left': [size],
  border: [border],
  'border-left': [border],
  'border-top': [border],
};

const options: sanitize.IOptions = {
  allowedTags: [...text, ...words, ...structure, ...tables],
  nonTextTags: [
    'script',
    'style',
    'textarea',
    'option',
    'noscript',
    'title',
    'template',
    'svg',
    'math',
    'iframe',
    'object',
    'xmp',
    'noembed',
    'noframes',
    'plaintext',
  ],
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'title', 'align', 'valign'],
    a: ['href', 'name', 'rel', 'target'],
    img: ['src', 'data-src', 'alt', 'width', 'height'],
    blockquote: ['type', 'cite'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
    td: ['colspan', 'rowspan', 'width', 'bgcolor'],
    th: ['colspan', 'rowspan', 'width', 'bgcolor'],
    tr: ['bgcolor'],
    col: ['span', 'width'],
  },
  allowedStyles: { '*': styles },
  allowedSchemes: ['http', 'https', 'mailto', 'tel', 'geo'],
  allowedSchemesByTag: { img: ['cid'] },
  allowProtocolRelative: false,
  nestingLimit: 100,
  transformTags: {
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, rel: 'noopener noreferrer nofollow', target: '_blank' },
    }),
    img: (tagName, attribs) => ({ tagName, attribs: neutralImage(attribs) }),
  },
};

/**
 * HTML that can be shown: no scripts, forms, frames, handlers or styles that leave their place. A picture of the mail
 * keeps `src="cid:…"`; one from the internet waits in `data-src`, so that opening a mail tells nobody.
 */
export function sanitiseHtml(html: string): string {
  return sanitize(html, options).trim();
}

function neutralImage({ src = '', 'data-src': _, ...rest }: Record<string, string>): Record<string, string> {
  const address = src.replace(/[\s\u0000-\u001f]+/g, '');
  if (/^cid:/i.test(address)) return { ...rest, src: address };
  return /^https?:\/\//i.test(address) ? { ...rest, 'data-src': address } : rest;
}
