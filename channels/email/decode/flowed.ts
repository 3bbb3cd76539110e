/** Joins the soft line breaks of `format=flowed` (RFC 3676). Quoted lines are joined only at the same depth. */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let flowing: number | null = null;
  for (const raw of text.split('\n')) {
    const { depth, content } = quoteDepth(raw);
    const last = out.length - 1;
    // The separator of a signature ends in a space and does not flow.
    const signature = content === '-- ';
    if (flowing === depth && !signature) out[last] += content;
    else out.push(depth > 0 ? `${'>'.repeat(depth)} ${content}` : content);
    flowing = content.endsWith(' ') && !signature ? depth : null;
    if (flowing !== null && delSp) out[out.length - 1] = (out.at(-1) ?? '').slice(0, -1);
  }
  return out.join('\n');
}

function quoteDepth(line: string): { depth: number; content: string } {
  const depth = /^>*/.exec(line)?.[0].length ?? 0;
  const rest = line.slice(depth);
  return { depth, content: rest.startsWith(' ') ? rest.slice(1) : rest };
}
