import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../contract/errors.ts';
import { limits } from '../contract/limits.ts';

/** Room for the form around a file. */
const FORM_BYTES = 64 * 1024;
/** How long a refused sender may take to notice. */
const LINGER_MS = 5_000;

/** The one file of a multipart body, whole. @throws AppError `invalid_input`, `file_empty`, `file_too_large` */
export async function receivedFile(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new AppError('invalid_input');
  const tooLarge = () => {
    cutOff(request);
    return new AppError('file_too_large', { max: limits.fileBytes / 1_048_576 });
  };
  if (Number(request.headers['content-length'] ?? 0) > limits.fileBytes + FORM_BYTES) throw tooLarge();
  const part = await request.file();
  if (!part) throw new AppError('file_empty');
  // The parser ends a file at the limit as if it were whole; only this event tells, and then at once.
  const cut = once(part.file, 'limit').then(() => Promise.reject(tooLarge()));
  return { name: part.filename ?? '', bytes: await Promise.race([buffer(part.file), cut]) };
}

/**
 * Whoever goes on sending behind a refusal is cut off: not at once, or the answer would be lost with the line, but
 * after what an honest sender has under way. What still comes is thrown away unread.
 */
function cutOff({ raw }: FastifyRequest): void {
  const enough = raw.socket.bytesRead + 2 * limits.fileBytes;
  const since = performance.now();
  const look = setInterval(() => {
    // All came: the line may already carry the next request.
    if (raw.complete || raw.socket.destroyed) clearInterval(look);
    else if (raw.socket.bytesRead > enough || performance.now() - since > LINGER_MS) raw.socket.destroy();
  }, 50);
}
