import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type ErrorCode, errorCatalogue, errorCodes, errorMessage, type Locale } from '../contract/errors.ts';
import { limits } from '../contract/limits.ts';

/** The reader's language: English if they ask for it before Spanish, else Spanish. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const header = acceptLanguage ?? '';
  const [es, en] = [header.search(/\bes\b/i), header.search(/\ben\b/i)];
  return en >= 0 && (es < 0 || en < es) ? 'en' : 'es';
}

/** Every refusal in one form: `{error: {code, message, details?, requestId}}`. */
export function answerErrors(app: Pick<FastifyInstance, 'setErrorHandler' | 'setNotFoundHandler'>): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(toAppError(error), request, reply));
  app.setNotFoundHandler((request, reply) => answerError(new AppError('not_found'), request, reply));
}

/** Answers with one refusal, for places where throwing would not reach the error handler. */
export function answerError(error: AppError, request: FastifyRequest, reply: FastifyReply): void {
  const { status } = errorCatalogue[error.code];
  if (status >= 500) request.log.error({ err: error.cause ?? error, code: error.code }, 'request failed');
  const seconds = error.details?.seconds;
  if (typeof seconds === 'number') void reply.header('retry-after', seconds);
  void reply.status(status).send({
    error: {
      code: error.code,
      message: errorMessage(error.code, localeOf(request.headers['accept-language']), error.details),
      ...(error.details ? { details: error.details } : {}),
      requestId: request.id,
    },
  });
}

/** What is no HTTP request, or one with endless headers: answered on the bare line, in the city's first language. */
export function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify({ error: { code: 'invalid_input', message: errorMessage('invalid_input', 'es') } });
  const head = ['content-type: application/json; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`];
  socket.end(`HTTP/1.1 ${status}\r\n${head.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`);
}

const framework: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'message_too_long',
  FST_REQ_FILE_TOO_LARGE: 'file_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'invalid_input',
};

/** What went wrong, as an error of the catalogue; what is not expected becomes `internal`, with its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode } = error as FastifyError;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((issue) => ({ path: issue.instancePath, message: issue.message ?? '' }));
    return new AppError(codeOf(issues.map((issue) => issue.message)), {
      ...(issues.some((issue) => issue.message === 'message_too_long') ? { max: limits.textLength } : {}),
      issues,
    });
  }
  const known = framework[code ?? ''];
  if (known === 'file_too_large') return new AppError(known, { max: limits.fileBytes / 1_048_576 });
  if (known) return new AppError(known, { max: limits.textLength });
  if (statusCode && statusCode >= 400 && statusCode < 500) return new AppError('invalid_input', undefined, error);
  return new AppError('internal', undefined, error);
}

/** A schema may name a code of the catalogue as its message. */
export function codeOf(messages: readonly string[]): ErrorCode {
  return errorCodes.find((candidate) => messages.includes(candidate)) ?? 'invalid_input';
}
