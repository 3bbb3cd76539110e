/** Elements of Matroska (RFC 9559) that lead to when something is heard. */
const INSIDE: ReadonlySet<number> = new Set([0x18538067, 0x1549a966, 0x1f43b675, 0xa0]);
const SCALE = 0x2ad7b1;
const CLUSTER_TIME = 0xe7;
const BLOCKS: ReadonlySet<number> = new Set([0xa3, 0xa1]);

const NANOSECONDS = 1_000_000;

/**
 * How long a WebM recording is, by the times of its blocks: a browser writes no length at its beginning, where it cannot
 * know it yet, and one that died has not written it at its end either.
 * @returns milliseconds; null where no block can be found
 */
export function webmMilliseconds(bytes: Buffer): number | null {
  let at = 0;
  let scale = NANOSECONDS;
  let cluster = 0;
  let last: number | null = null;
  let step = 0;
  while (at < bytes.length) {
    const id = readNumber(bytes, at, true);
    const size = id && readNumber(bytes, at + id.width, false);
    if (!id || !size) break;
    const from = at + id.width + size.width;
    at = INSIDE.has(id.value) ? from : from + size.value;
    if (id.value === SCALE) scale = unsigned(bytes, from, size.value);
    else if (id.value === CLUSTER_TIME) cluster = unsigned(bytes, from, size.value);
    else if (BLOCKS.has(id.value)) {
      const track = readNumber(bytes, from, false);
      if (!track || from + track.width + 2 > bytes.length) break;
      const time = cluster + bytes.readInt16BE(from + track.width);
      if (last !== null && time > last) step = time - last;
      last = Math.max(last ?? 0, time);
    }
  }
  // The last block sounds as long as the one before it.
  return last === null ? null : Math.round(((last + step) * scale) / NANOSECONDS);
}

/** A number that tells its own width by its first byte; of ids the marker belongs to the value. */
function readNumber(bytes: Buffer, at: number, isId: boolean): { value: number; width: number } | null {
  const first = bytes[at];
  if (!first) return null;
  const width = Math.clz32(first) - 23;
  if (at + width > bytes.length) return null;
  let value = isId ? first : first & (0xff >> width);
  for (let index = 1; index < width; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, width };
}

function unsigned(bytes: Buffer, from: number, width: number): number {
  return width >= 1 && width <= 6 && from + width <= bytes.length ? bytes.readUIntBE(from, width) : 0;
}
