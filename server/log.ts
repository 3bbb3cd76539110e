import { type Logger, pino } from 'pino';

/**
 * One line of JSON an event on stdout. Of an error only what explains it: libraries hang connections, settings and
 * whole requests on theirs, and none of that, nor anything a person wrote, belongs in a log.
 */
export function createLog(level: string): Logger {
  return pino({ level, serializers: { err: describe } });
}

function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, code, cause } = error as Error & { code?: unknown };
  return { name, message, code, stack, ...(cause ? { cause: describe(cause) } : {}) };
}
