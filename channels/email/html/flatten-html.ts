const deepest = 300;
/** Elements that never hold others, and those that a next one of their kind closes. */
const shallow = /^(?:br|hr|img|input|meta|link|base|col|area|wbr|source|param|p|li|tr|td|th|dt|dd|option|tbody|thead)$/;

/**
 * The same HTML with elements beyond a depth that no sender needs replaced by line breaks: parsers slow down with the
 * square of the depth, and a hostile mail nests without end.
 */
export function flattenHtml(html: string): string {
  let out = '';
  let kept = 0;
  let depth = 0;
  let close = -1;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', open + 1)) {
    if (close < open) close = html.indexOf('>', open);
    if (close < 0) break;
    const [, slash, name = ''] = /^<(\/?)([a-z][\w:-]{0,30})/i.exec(html.slice(open, open + 33)) ?? [];
    if (!name || shallow.test(name.toLowerCase()) || html[close - 1] === '/') continue;
    depth += slash ? -1 : 1;
    if (depth < 0) depth = 0;
    if (slash ? depth < deepest : depth <= deepest) continue;
    out += `${html.slice(kept, open)}<br>`;
    kept = close + 1;
  }
  return out + html.slice(kept);
}
