import { type DestinationStream, type Logger, pino } from 'pino';

/**
 * One line of JSON an event on stdout, or on `stream`. Of an error only what explains it: libraries hang connections,
 * settings and whole requests on theirs, PostgreSQL the row it refused, and none of that, nor anything a person wrote,
 * belongs in a log.
 */
export function createLog(level: string, stream?: DestinationStream): Logger {
  const options = { level, serializers: { err: describe } };
  return stream ? pino(options, stream) : pino(options);
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, code, cause } = error as Error & { code?: unknown };
  return { name, message, code, stack, ...(cause ? { cause: describe(cause) } : {}) };
}
