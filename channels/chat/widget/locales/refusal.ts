import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { ErrorBody } from '../../../../server/contract/errors.ts';
import { limits } from '../../../../server/contract/limits.ts';
import { sayIn } from './say.ts';

/** Found out here rather than by the server, which therefore has no sentence for it yet. */
export const own = {
  unavailable: { code: 'unavailable', message: '' },
  tooLong: { code: 'message_too_long', message: '' },
  fileTooLarge: { code: 'file_too_large', message: '' },
} as const satisfies Record<string, ErrorBody>;

/** What happened and what to do, in the words of whoever refused. */
export function refusalText({ code, message }: ErrorBody, locale: Locale): string {
  if (message) return message;
  const say = sayIn(locale);
  if (code === 'message_too_long') return say('tooLong');
  return code === 'file_too_large' ? say('fileTooLarge', { max: limits.fileBytes / 1024 / 1024 }) : say('unavailable');
}
