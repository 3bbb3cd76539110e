import { bounds } from './bounds.ts';
import type { MendedHead } from './mend-head.ts';
import type { Notice } from './problems.ts';
import { type ParsedMail, readLeaves } from './read-leaves.ts';

/**
 * Takes a mail apart, and when its structure hides what is there tries what its sender must have meant: another
 * boundary than the declared one, or no parts at all.
 */
export async function readMail(head: MendedHead, notice: Notice): Promise<ParsedMail> {
  const parsed = await readBounded(head, notice);
  if (parsed.leaves.some(({ content }) => content.length > 0) || isEmpty(head.body)) return parsed;
  notice('broken_structure');
  const boundary = usedBoundary(head.body);
  const again = boundary ? await readLeaves(withType(head, `multipart/mixed; boundary="${boundary}"`), notice) : null;
  if (again?.leaves.some(({ content }) => content.length > 0)) return { ...again, contentType: parsed.contentType };
  const plain = await readLeaves(withType(head, 'text/plain'), notice);
  return { ...plain, contentType: parsed.contentType };
}

/** The parser gives up on a mail of too many parts: then only as much of it is read as holds few enough. */
async function readBounded(head: MendedHead, notice: Notice): Promise<ParsedMail> {
  const parsed = await readLeaves(head, notice);
  return parsed.tooManyParts ? readLeaves({ ...head, body: firstParts(head.body) }, notice) : parsed;
}

/** Up to the delimiter that opens one part too many: every part has a line that begins with two dashes. */
function firstParts(body: Buffer): Buffer {
  let at = 0;
  for (let parts = 0; parts < bounds.parts - 10; parts++) {
    const next = body.indexOf('\n--', at);
    if (next < 0) return body;
    at = next + 3;
  }
  return body.subarray(0, at - 3);
}

function isEmpty(body: Buffer): boolean {
  return body.subarray(0, 64 * 1024).every((byte) => byte <= 0x20);
}

/** The boundary that parts are really divided by: the first line of dashes that headers follow. */
function usedBoundary(body: Buffer): string | null {
  const start = body.subarray(0, 256 * 1024).toString('latin1');
  return (
    /^--([^\s"\\-][^\r\n"\\]{0,99}|[^\r\n"\\]{1,100}?)[ \t]*\r?\ncontent-[\w-]{1,30}\s*:/im.exec(start)?.[1] ?? null
  );
}

function withType(mended: MendedHead, type: string): MendedHead {
  const headers = mended.headers.filter(({ key }) => key !== 'content-type');
  const head = mended.head.toString('latin1').replace(/^content-type: .*\r\n/im, '');
  return { ...mended, headers, head: Buffer.from(`Content-Type: ${type}\r\n${head}`, 'latin1') };
}
