/** The part of a file that a reader asked for; both ends belong to it. */
export interface ByteRange {
  first: number;
  last: number;
}

/**
 * Reads a `Range` header against a file of `size` bytes (RFC 9110, 14.2): players ask so to jump within a recording.
 * Null: no range, or several, or one in a form we do not know, all of which get the whole file; `unsatisfiable`: it
 * begins behind the file's end.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const suffix = from === '';
  const first = suffix ? Math.max(0, size - Number(to)) : Number(from);
  const last = suffix || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first >= size || (suffix && Number(to) === 0)) return 'unsatisfiable';
  return last < first ? null : { first, last };
}

/** The bytes of `range`; what lies behind it is not read. */
export async function* partOf(bytes: AsyncIterable<Buffer>, { first, last }: ByteRange): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of bytes) {
    if (at > last) return;
    const wanted = chunk.subarray(Math.max(0, first - at), last + 1 - at);
    if (wanted.length > 0) yield wanted;
    at += chunk.length;
  }
}
