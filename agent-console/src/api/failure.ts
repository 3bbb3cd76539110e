import type { ErrorBody, ErrorCode } from '../../../server/contract/errors.ts';

/** What went wrong between console and server: the server's own refusal, or no answer at all. */
export class ApiFailure extends Error {
  /** `offline`: the request did not reach the server, or its answer did not reach us. */
  readonly code: ErrorCode | 'offline';
  readonly details: ErrorBody['details'];
  readonly requestId: string | undefined;

  constructor(code: ErrorCode | 'offline', message: string, body?: ErrorBody) {
    super(message);
    this.name = 'ApiFailure';
    this.code = code;
    this.details = body?.details;
    this.requestId = body?.requestId;
  }

  /** Whether the same request may succeed later without anybody changing anything. */
  get passing(): boolean {
    return this.code === 'offline' || this.code === 'unavailable' || this.code === 'rate_limited';
  }
}
