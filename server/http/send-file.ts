import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { AttachmentRow } from '../files/attachments.ts';
import type { FileStore } from '../files/file-store.ts';
import { PLAYED_INLINE, SHOWN_INLINE } from '../files/recognise-file.ts';
import { byteRange, partOf } from './byte-range.ts';

const NOTHING_POLICY = "default-src 'none'; sandbox";
/** A browser that opens a recording by itself wraps it in a page that loads it once more; scripts stay out. */
const PLAYER_POLICY = "default-src 'none'; media-src 'self'; sandbox allow-same-origin";

/** A stored file or the part of it that was asked for, so that no browser takes it for anything but what it is. */
export async function sendFile(
  reply: FastifyReply,
  files: FileStore,
  file: AttachmentRow,
  cacheControl: string,
): Promise<FastifyReply> {
  const isPlayed = PLAYED_INLINE.has(file.mime_type);
  const disposition = isPlayed || SHOWN_INLINE.has(file.mime_type) ? 'inline' : 'attachment';
  const range = byteRange(reply.request.headers.range, file.size);
  reply
    .header('accept-ranges', 'bytes')
    .header('content-type', file.mime_type)
    .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', isPlayed ? PLAYER_POLICY : NOTHING_POLICY)
    .header('cache-control', cacheControl);
  if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${file.size}`).send();
  const bytes = await files.read(file.storage_key);
  if (!range) return reply.header('content-length', file.size).send(bytes);
  const { first, last } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${file.size}`)
    .header('content-length', last - first + 1)
    .send(Readable.from(partOf(bytes, range)));
}
