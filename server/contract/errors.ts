import { z } from 'zod';
import { type ErrorCode, type ErrorDetails, errorCodes, locales } from './error-catalogue.ts';

export {
  type ErrorCode,
  type ErrorDetails,
  errorCatalogue,
  errorCodes,
  errorMessage,
  type Locale,
  locales,
  type Phrase,
} from './error-catalogue.ts';

export const localeSchema = z.enum(locales);

/** What a refusal looks like on HTTP (`{error}`) and in a socket's ack (`{ok: false, error}`). */
export const errorBodySchema = z.object({
  code: z.enum(errorCodes),
  message: z.string().describe("One sentence in the reader's language"),
  details: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** An expected failure with a code of the catalogue. `cause` goes to the log, never to the reader. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, details?: ErrorDetails, cause?: unknown) {
    super(code, { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
