import type { Element } from 'domhandler';
import type { Hint } from '../authorship/line.ts';

/** Marks that mail programs leave in their HTML. Outlook on the web prefixes what it quotes with `x_`. */
interface Mark {
  hint: Hint;
  classes?: RegExp;
  ids?: RegExp;
}

const marks: Mark[] = [
  {
    hint: 'signature',
    classes:
      /^(?:gmail_signature(?:_prefix)?|moz-signature|protonmail_signature_block(?:-user|-proton)?|ms-outlook-mobile-signature|yahoo[-_]signature|ydp\w*signature|tutanota_signature|signature|zmail_signature|sh-signature)$/,
    ids: /^(?:signature|applemailsignature|ms-outlook-mobile-signature|composer_signature|lineBreakAtBeginningOfSignature|replaceforsignature)$/i,
  },
  { hint: 'attribution', classes: /^(?:moz-cite-prefix|gmail_attr|protonmail_quote_header|aol_msg_header)$/ },
  {
    hint: 'quote',
    classes:
      /^(?:yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-forward-container-quoted|ms-outlook-mobile-reference-message|cf-quote|freescout-quote)$/,
    ids: /^(?:mail-editor-reference-message-container|zm_reply_quote|isreplycontent|yahoo_quoted\w*)$/i,
  },
  {
    hint: 'rest',
    classes: /^(?:OutlookMessageHeader|mailru-blockquote|sh-quoted-content)$/,
    ids: /^(?:divrplyfwdmsg|appendonsend|stopspelling|zwchr|replysplit|olk_src_body_section|origbody)$/i,
  },
];

/** What this element says about the lines in it. */
export function hintOf(element: Element): Hint | null {
  const { id = '', class: names = '', name = '', style = '', type = '', 'data-smartmail': smart } = element.attribs;
  if (smart === 'gmail_signature') return 'signature';
  const plainId = id.replace(/^x_/, '');
  const classes = names.split(/\s+/).map((word) => word.replace(/^x_/, ''));
  if (element.name === 'blockquote') return isQuote(classes, type, style) ? 'quote' : 'indent';
  if (name === 'quote' || name === 'quoted-content') return 'quote';
  const found = marks.find((mark) => mark.ids?.test(plainId) || classes.some((word) => mark.classes?.test(word)));
  return found?.hint ?? null;
}

/** Programs also indent what a person writes with a blockquote: those carry no mark, or a margin only. */
function isQuote(classes: string[], type: string, style: string): boolean {
  if (/^cite$/i.test(type)) return true;
  if (classes.some((word) => /quote|cite/i.test(word))) return true;
  return /border-left(?!:\s*(?:0|none|medium none))/i.test(style) && !/border:\s*(?:none|0)/i.test(style);
}
