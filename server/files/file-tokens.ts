import { createHmac, timingSafeEqual } from 'node:crypto';
import { addSeconds, type Clock } from '../clock.ts';
import { AppError } from '../contract/errors.ts';

/** Providers fetch a file minutes after a message is handed to them, retries included; people when they come to it. */
const VALID_SECONDS = { provider: 3_600, person: 30 * 86_400 };
const FORM = /^v1\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([0-9a-z]{1,9})\.([\w-]{43})$/;

/** Opens one file to whoever shows it, for a while: what a provider needs to fetch what the city sends. */
export interface FileTokens {
  issue(attachmentId: string, reader?: keyof typeof VALID_SECONDS): string;
  /**
   * @returns the attachment's id
   * @throws AppError `link_expired`, or `not_found` for what we never gave
   */
  read(token: string): string;
}

export function createFileTokens(secret: string, clock: Clock): FileTokens {
  const sign = (id: string, until: string) => createHmac('sha256', secret).update(`file:${id}:${until}`).digest();
  return {
    issue(attachmentId, reader = 'provider') {
      const until = Math.floor(addSeconds(clock.now(), VALID_SECONDS[reader]).getTime() / 1_000).toString(36);
      return `v1.${attachmentId}.${until}.${sign(attachmentId, until).toString('base64url')}`;
    },
    read(token) {
      const [, id, until, signature] = FORM.exec(token) ?? [];
      if (!id || !until || !signature || !timingSafeEqual(sign(id, until), Buffer.from(signature, 'base64url'))) {
        throw new AppError('not_found');
      }
      if (Number.parseInt(until, 36) * 1_000 < clock.now().getTime()) throw new AppError('link_expired');
      return id;
    },
  };
}
