import type { FastifyReply } from 'fastify';
import type { AttachmentRow } from '../files/attachments.ts';
import type { FileStore } from '../files/file-store.ts';
import { SHOWN_INLINE } from '../files/recognise-file.ts';

/** A stored file, so that no browser takes it for anything but what it is. */
export async function sendFile(
  reply: FastifyReply,
  files: FileStore,
  file: AttachmentRow,
  cacheControl: string,
): Promise<FastifyReply> {
  const disposition = SHOWN_INLINE.has(file.mime_type) ? 'inline' : 'attachment';
  return reply
    .header('content-type', file.mime_type)
    .header('content-length', file.size)
    .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', cacheControl)
    .send(await files.read(file.storage_key));
}
